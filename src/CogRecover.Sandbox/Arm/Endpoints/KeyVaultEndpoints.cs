using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What is done to key vaults: created, soft-deleted, recovered, purged.</summary>
internal sealed class KeyVaultEndpoints(
    ArmState state, KeyVaultLifecycle lifecycle, ArmOperations operations, SimulatedArmOptions options)
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.KeyVault";

    private const string Deleted = Provider + "/locations/{location}/deletedVaults/{name}";

    private const string One =
        "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{name}";

    private readonly TrackedResourceJson json = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("PUT", One, ArmType.KeyVaults, PutAsync);
        routes.MapArm("DELETE", One, ArmType.KeyVaults, http =>
            http.EndAsync(lifecycle.SoftDelete(http.Key()) ? 200 : 204));
        routes.MapArm("GET", Provider + "/deletedVaults", ArmType.DeletedKeyVaults, ListDeletedAsync);
        routes.MapArm("GET", Deleted, ArmType.DeletedKeyVault, http =>
            http.WriteAsync(200, TrackedResourceJson.Document(FindDeleted(http))));
        routes.MapArm("POST", Deleted + "/purge", ArmType.DeletedKeyVault, PurgeAsync);
        routes.MapArm(
            "GET", Provider + "/locations/{location}/operationResults/{operation}", ArmType.KeyVaultOperations,
            PollAsync);
    }

    private async Task PutAsync(HttpContext http)
    {
        var request = new KeyVaultRequest(await http.ReadObjectAsync());
        var (vault, isNew) = lifecycle.Put(http.Key(), request);
        await http.WriteAsync(isNew ? 201 : 200, json.Document(vault));
    }

    private Task PurgeAsync(HttpContext http)
    {
        var operation = lifecycle.Purge(FindDeleted(http));
        return http.EndAsync(202, $"{http.BaseUri()}/subscriptions/{operation.SubscriptionId}" +
            $"/providers/Microsoft.KeyVault/locations/{operation.Location}/operationResults/{operation.Id}" +
            $"?api-version={http.ApiVersion()}");
    }

    private Task PollAsync(HttpContext http) => operations.Find(http.Route("operation")).EndTime > state.Now
        ? http.EndAsync(202, http.BaseUri() + http.RawTarget())
        : http.EndAsync(200);

    private Task ListDeletedAsync(HttpContext http) => http.WritePageAsync(
        state.DeletedKeyVaults.Where(one => IsIn(one, http)), options.PageSize, TrackedResourceJson.Document);

    private DeletedKeyVault FindDeleted(HttpContext http)
    {
        var name = http.Route("name");
        return state.DeletedKeyVaults.FirstOrDefault(one => IsIn(one, http)
            && one.Name.Is(name)
            && AzureLocation.Same(one.Vault.Location, http.Route("location")))
            ?? throw ResourceErrors.DeletedVaultNotFound(name);
    }

    private static bool IsIn(DeletedKeyVault deleted, HttpContext http) =>
        deleted.SubscriptionId.Is(http.Route("subscription"));
}
