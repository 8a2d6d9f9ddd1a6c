using System.Text.Json;

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

    private Task ListAsync(HttpContext http) => http.WriteAsync(200, json => json.WriteObject(null, () =>
    {
        json.WriteStartArray("value");
        foreach (var provider in providers.All) Write(json, http, provider);
        json.WriteEndArray();
    }));

    private Task GetAsync(HttpContext http)
    {
        var provider = providers.Get(http.Route("provider"));
        return http.WriteAsync(200, json => Write(json, http, provider));
    }

    private static void Write(Utf8JsonWriter json, HttpContext http, IGrouping<string, ArmType> provider) =>
        json.WriteObject(null, () =>
        {
            var subscription = http.Request.RouteValues["subscription"];
            if (subscription is not null)
                json.WriteString("id", $"/subscriptions/{subscription}/providers/{provider.Key}");
            json.WriteString("namespace", provider.Key);
            json.WriteStartArray("resourceTypes");
            foreach (var type in provider) Write(json, type);
            json.WriteEndArray();
            if (subscription is null) return;
            json.WriteString("registrationState", "Registered");
            json.WriteString("registrationPolicy", "RegistrationRequired");
        });

    private static void Write(Utf8JsonWriter json, ArmType type) => json.WriteObject(null, () =>
    {
        var tracked = type.IsTracked && type != ArmType.ResourceGroups;
        json.WriteString("resourceType", type.Name);
        json.WriteStrings("locations", tracked ? AzureLocation.DisplayNames : []);
        json.WriteStrings("apiVersions", type.ApiVersions);
        json.WriteString("capabilities", tracked
            ? "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SystemAssignedResourceIdentity, " +
                "SupportsTags, SupportsLocation"
            : "None");
    });
}
