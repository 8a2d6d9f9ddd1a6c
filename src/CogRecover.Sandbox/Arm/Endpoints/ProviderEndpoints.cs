using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The resource providers, and the types they know.</summary>
internal sealed class ProviderEndpoints(ResourceProviders providers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in new[] { "", "/subscriptions/{subscription}" })
        {
            routes.MapArm("GET", scope + "/providers", ArmType.Providers, ListAsync);
            routes.MapArm("GET", scope + "/providers/{provider}", ArmType.Providers, GetAsync);
        }
    }

    private Task ListAsync(HttpContext http) =>
        http.WriteAsync(200, new { Value = providers.All.Select(provider => Document(http, provider)) });

    private Task GetAsync(HttpContext http) =>
        http.WriteAsync(200, Document(http, providers.Get(http.Route("provider"))));

    private static object Document(HttpContext http, IGrouping<string, ArmType> provider)
    {
        var subscription = http.Request.RouteValues["subscription"];
        return new
        {
            Id = subscription is null ? null : $"/subscriptions/{subscription}/providers/{provider.Key}",
            Namespace = provider.Key,
            ResourceTypes = provider.Select(Document),
            RegistrationState = subscription is null ? null : "Registered",
            RegistrationPolicy = subscription is null ? null : "RegistrationRequired",
        };
    }

    private static object Document(ArmType type)
    {
        var tracked = type.IsTracked && type != ArmType.ResourceGroups;
        return new
        {
            ResourceType = type.Name,
            Locations = tracked ? AzureLocation.DisplayNames : [],
            type.ApiVersions,
            Capabilities = tracked
                ? "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SystemAssignedResourceIdentity, " +
                    "SupportsTags, SupportsLocation"
                : "None",
        };
    }
}
