using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The resource providers, and the types they know.</summary>
internal sealed class ProviderEndpoints(ResourceProviders providers, ArmState state)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in new[] { "", "/subscriptions/{subscription}" })
        {
            routes.MapArm("GET", scope + "/providers", ArmType.Providers, ListAsync);
            routes.MapArm("GET", scope + "/providers/{provider}", ArmType.Providers, GetAsync);
        }

        routes.MapArm(
            "POST", "/subscriptions/{subscription}/providers/{provider}/register", ArmType.Providers, RegisterAsync);
    }

    private Task ListAsync(HttpContext http) =>
        http.WriteAsync(200, new { Value = providers.All.Select(provider => Document(http, provider)) });

    private Task GetAsync(HttpContext http) =>
        http.WriteAsync(200, Document(http, providers.Get(http.Route("provider"))));

    private Task RegisterAsync(HttpContext http)
    {
        state.Register(http.Route("provider"), http.Route("subscription"));
        return GetAsync(http);
    }

    private object Document(HttpContext http, IGrouping<string, ArmType> provider)
    {
        var subscription = http.Request.RouteValues["subscription"] as string;
        return new
        {
            Id = subscription is null ? null : $"/subscriptions/{subscription}/providers/{provider.Key}",
            Namespace = provider.Key,
            ResourceTypes = provider.Select(Document),
            RegistrationState = subscription is null ? null
                : state.IsRegistered(provider.Key, subscription) ? "Registered" : "NotRegistered",
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
