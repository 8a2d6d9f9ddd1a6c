namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Soft-deleted accounts.</summary>
internal sealed class DeletedAccountEndpoints(ArmState state, AccountLifecycle lifecycle, SimulatedArmOptions options)
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices";

    private const string One = Provider + "/locations/{location}/resourceGroups/{group}/deletedAccounts/{name}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", Provider + "/deletedAccounts", ArmType.DeletedAccounts, ListAsync);
        routes.MapArm("GET", One, ArmType.DeletedAccount, GetAsync);
        routes.MapArm("DELETE", One, ArmType.DeletedAccount, Purge);
    }

    private Task ListAsync(HttpContext http) => http.WritePageAsync(
        state.DeletedIn(http.Route("subscription")), options.PageSize, AccountJson.Document);

    private Task GetAsync(HttpContext http) =>
        http.WriteAsync(200, AccountJson.Document(lifecycle.GetDeleted(http.Key(), http.Route("location"))));

    private Task Purge(HttpContext http)
    {
        if (lifecycle.Purge(http.Key(), http.Route("location"), http.CorrelationId()) is not { } operation)
        {
            http.Response.StatusCode = 204;
            return Task.CompletedTask;
        }

        var uri = OperationEndpoints.Uri(http, operation, System.Uri.EscapeDataString(operation.Location));
        http.Response.StatusCode = 202;
        http.Response.Headers.Location = $"{uri}&{OperationEndpoints.AsLocation}";
        http.Response.Headers["azure-asyncoperation"] = uri;
        return Task.CompletedTask;
    }
}
