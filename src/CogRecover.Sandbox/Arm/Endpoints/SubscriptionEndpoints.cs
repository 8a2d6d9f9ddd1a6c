using System.Text.Json;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Subscriptions, their locations, and the tenant.</summary>
internal sealed class SubscriptionEndpoints(ArmState state, SimulatedArmOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", "/subscriptions", ArmType.Subscriptions, http =>
            http.WritePageAsync(state.Subscriptions, options.PageSize, Write));
        routes.MapArm("GET", "/subscriptions/{subscription}", ArmType.Subscriptions, http =>
            http.WriteAsync(200, json => Write(json, Find(http))));
        routes.MapArm("GET", "/subscriptions/{subscription}/locations", ArmType.Subscriptions, http =>
            http.WriteAsync(200, json => WriteLocations(json, http.Route("subscription"))));
        routes.MapArm("GET", "/tenants", ArmType.Tenants, http => http.WriteAsync(200, WriteTenants));
    }

    private Subscription Find(HttpContext http)
    {
        using var _ = state.Enter();
        return state.Subscription(http.Route("subscription"))!;
    }

    private void Write(Utf8JsonWriter json, Subscription subscription) => json.WriteObject(null, () =>
    {
        json.WriteString("id", $"/subscriptions/{subscription.SubscriptionId}");
        json.WriteString("authorizationSource", "RoleBased");
        json.WriteStrings("managedByTenants", []);
        json.WriteString("subscriptionId", subscription.SubscriptionId);
        json.WriteString("tenantId", state.TenantId);
        json.WriteString("displayName", subscription.DisplayName);
        json.WriteString("state", subscription.State);
        json.WriteObject("subscriptionPolicies", () =>
        {
            json.WriteString("locationPlacementId", "Public_2014-09-01");
            json.WriteString("quotaId", "EnterpriseAgreement_2014-09-01");
            json.WriteString("spendingLimit", "Off");
        });
    });

    private void WriteTenants(Utf8JsonWriter json) => json.WriteObject(null, () =>
    {
        json.WriteStartArray("value");
        json.WriteObject(null, () =>
        {
            json.WriteString("id", $"/tenants/{state.TenantId}");
            json.WriteString("tenantId", state.TenantId);
            json.WriteString("countryCode", "US");
            json.WriteString("displayName", "Contoso");
            json.WriteString("defaultDomain", "contoso.onmicrosoft.com");
            json.WriteStrings("domains", ["contoso.onmicrosoft.com", "contoso.com"]);
            json.WriteString("tenantCategory", "Home");
            json.WriteString("tenantType", "AAD");
        });
        json.WriteEndArray();
    });

    private static void WriteLocations(Utf8JsonWriter json, string subscription) => json.WriteObject(null, () =>
    {
        json.WriteStartArray("value");
        foreach (var location in AzureLocation.DisplayNames)
        {
            json.WriteObject(null, () =>
            {
                var name = AzureLocation.Normalize(location);
                json.WriteString("id", $"/subscriptions/{subscription}/locations/{name}");
                json.WriteString("name", name);
                json.WriteString("displayName", location);
                json.WriteString("regionalDisplayName", location);
                json.WriteObject("metadata", () =>
                    json.WriteString("regionType", name == "global" ? "Logical" : "Physical"));
            });
        }

        json.WriteEndArray();
    });
}
