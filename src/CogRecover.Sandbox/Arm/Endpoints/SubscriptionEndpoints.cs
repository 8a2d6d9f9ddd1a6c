using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Subscriptions, their locations, and the tenant.</summary>
internal sealed class SubscriptionEndpoints(ArmState state, SimulatedArmOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", "/subscriptions", ArmType.Subscriptions, http =>
            http.WritePageAsync(state.Subscriptions, options.PageSize, Document));
        routes.MapArm("GET", "/subscriptions/{subscription}", ArmType.Subscriptions, http =>
            http.WriteAsync(200, Document(Find(http))));
        routes.MapArm("GET", "/subscriptions/{subscription}/locations", ArmType.Subscriptions, http =>
            http.WriteAsync(200, new
            {
                Value = AzureLocation.DisplayNames.Select(name => Location(http.Route("subscription"), name)),
            }));
        routes.MapArm("GET", "/tenants", ArmType.Tenants, http =>
            http.WriteAsync(200, new { Value = new[] { Tenant() } }));
    }

    private Subscription Find(HttpContext http)
    {
        using var _ = state.Enter();
        return state.Subscription(http.Route("subscription"))!;
    }

    private object Document(Subscription subscription) => new
    {
        Id = $"/subscriptions/{subscription.SubscriptionId}",
        AuthorizationSource = "RoleBased",
        ManagedByTenants = Array.Empty<object>(),
        subscription.SubscriptionId,
        state.TenantId,
        subscription.DisplayName,
        subscription.State,
        SubscriptionPolicies = new
        {
            LocationPlacementId = "Public_2014-09-01",
            QuotaId = "EnterpriseAgreement_2014-09-01",
            SpendingLimit = "Off",
        },
    };

    private object Tenant() => new
    {
        Id = $"/tenants/{state.TenantId}",
        state.TenantId,
        CountryCode = "US",
        DisplayName = "Contoso",
        DefaultDomain = "contoso.onmicrosoft.com",
        Domains = new[] { "contoso.onmicrosoft.com", "contoso.com" },
        TenantCategory = "Home",
        TenantType = "AAD",
    };

    private static object Location(string subscription, string displayName)
    {
        var name = AzureLocation.Normalize(displayName);
        return new
        {
            Id = $"/subscriptions/{subscription}/locations/{name}",
            name,
            displayName,
            RegionalDisplayName = displayName,
            Metadata = new { RegionType = name == "global" ? "Logical" : "Physical" },
        };
    }
}
