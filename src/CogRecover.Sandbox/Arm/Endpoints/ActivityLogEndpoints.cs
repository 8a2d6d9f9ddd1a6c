using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The Activity Log of a subscription.</summary>
internal sealed class ActivityLogEndpoints(ArmState state, SimulatedArmOptions options)
{
    private static readonly Dictionary<string, string> OperationNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.CognitiveServices/accounts/delete"] = "Delete API Account",
        ["Microsoft.CognitiveServices/accounts/write"] = "Write API Account",
        ["Microsoft.Resources/subscriptions/resourceGroups/delete"] = "Delete resource group",
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapArm(
        "GET", "/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values",
        ArmType.ActivityLog, ListAsync);

    private Task ListAsync(HttpContext http)
    {
        var filter = ActivityLogFilter.Parse(http.Request.Query["$filter"].ToString(), state.Now);
        var selected = http.Request.Query["$select"].ToString()
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return http.WritePageAsync(
            state.ActivityIn(http.Route("subscription")).Where(filter.Matches), options.PageSize,
            one => selected.Count == 0
                ? Document(one)
                : new JsonObject(Document(one).Where(field => selected.Contains(field.Key)).Select(field =>
                    KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
    }

    private JsonObject Document(ActivityEvent one)
    {
        var hasStarted = one.Status == "Started";
        return new()
        {
            ["authorization"] = new JsonObject { ["action"] = one.OperationName, ["scope"] = one.ResourceId },
            ["caller"] = one.Caller,
            ["claims"] = Claims(one),
            ["channels"] = "Operation",
            ["correlationId"] = one.CorrelationId,
            ["description"] = "",
            ["eventDataId"] = one.EventDataId.ToString(),
            ["eventName"] = hasStarted
                ? Localizable("BeginRequest", "Begin request")
                : Localizable("EndRequest", "End request"),
            ["category"] = Localizable("Administrative"),
            ["eventTimestamp"] = ArmJson.Date(one.Timestamp),
            ["id"] = $"{one.ResourceId}/events/{one.EventDataId}/ticks/{one.Timestamp.Ticks}",
            ["level"] = one.Status == "Failed" ? "Error" : "Informational",
            ["operationId"] = one.CorrelationId,
            ["operationName"] = Localizable(one.OperationName, OperationNames.GetValueOrDefault(one.OperationName)),
            ["resourceGroupName"] = one.ResourceGroupName,
            ["resourceProviderName"] = Localizable(one.ResourceProvider),
            ["resourceType"] = Localizable(one.OperationName[..one.OperationName.LastIndexOf('/')]),
            ["resourceId"] = one.ResourceId,
            ["status"] = Localizable(one.Status),
            ["subStatus"] = one.Status == "Succeeded"
                ? Localizable("OK", "OK (HTTP Status Code: 200)")
                : Localizable(""),
            // Events can be queried some time after they happened; here at once.
            ["submissionTimestamp"] = ArmJson.Date(one.Timestamp),
            ["subscriptionId"] = one.SubscriptionId,
            ["tenantId"] = state.TenantId,
        };
    }

    private static JsonObject Claims(ActivityEvent one)
    {
        var claims = new JsonObject { ["aud"] = "https://management.azure.com/" };
        if (one.IdentityId is { } identity) claims["xms_mirid"] = identity;
        else if (!Guid.TryParse(one.Caller, out _))
            claims["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] = one.Caller;
        return claims;
    }

    private static JsonObject Localizable(string value, string? localized = null) =>
        new() { ["value"] = value, ["localizedValue"] = localized ?? value };
}
