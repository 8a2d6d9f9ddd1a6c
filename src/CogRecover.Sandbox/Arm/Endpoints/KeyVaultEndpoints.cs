using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What is done to key vaults: created, soft-deleted, recovered.</summary>
internal sealed class KeyVaultEndpoints(ArmState state, SimulatedArmOptions options)
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.KeyVault";

    private const string One =
        "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{name}";

    private readonly TrackedResourceJson json = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("PUT", One, ArmType.KeyVaults, PutAsync);
        routes.MapArm("DELETE", One, ArmType.KeyVaults, DeleteAsync);
        routes.MapArm("GET", Provider + "/deletedVaults", ArmType.DeletedKeyVaults, ListDeletedAsync);
        routes.MapArm(
            "GET", Provider + "/locations/{location}/deletedVaults/{name}", ArmType.DeletedKeyVault, GetDeletedAsync);
    }

    private async Task PutAsync(HttpContext http)
    {
        var request = new AccountRequest(await http.ReadObjectAsync());
        var location = request.Location ?? throw ArmException.LocationRequired();
        var recover = "recover".Is(request.Body.Object("properties")?.Text("createMode"));
        var (vault, isNew) = Put(http.Key(), location, recover, request.Tags);
        await http.WriteAsync(isNew ? 201 : 200, json.Document(vault));
    }

    private (TrackedResource Vault, bool IsNew) Put(
        AccountKey key, string location, bool recover, IDictionary<string, string>? tags)
    {
        using var _ = state.Enter();
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
        if (state.Resource(ArmType.KeyVaults, key) is { } there)
            return (state.Put(there with { Tags = tags ?? there.Tags }), false);
        if (state.Vault(key.Name) is not null) throw ArmException.VaultAlreadyExists(key.Name);
        var deleted = state.DeletedVault(key.Name);
        if (recover)
        {
            return deleted?.Vault.Key == key && AzureLocation.Same(deleted.Vault.Location, location)
                ? (state.RecoverVault(deleted), false)
                : throw ArmException.DeletedVaultNotFound(key.Name);
        }

        if (deleted is not null) throw ArmException.VaultIsDeleted();
        var vault = state.AddKeyVault(key.Name, key.ResourceGroupName, location, key.SubscriptionId);
        return (state.Put(vault with { Tags = tags }), true);
    }

    private Task DeleteAsync(HttpContext http)
    {
        var key = http.Key();
        using var _ = state.Enter();
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
        var isThere = state.Resource(ArmType.KeyVaults, key) is not null;
        if (isThere) state.SoftDeleteVault(key, state.Now);
        return http.EndAsync(isThere ? 200 : 204);
    }

    private Task ListDeletedAsync(HttpContext http) => http.WritePageAsync(
        state.DeletedKeyVaults.Where(one => IsIn(one, http)), options.PageSize, TrackedResourceJson.Document);

    private Task GetDeletedAsync(HttpContext http)
    {
        var name = http.Route("name");
        var deleted = state.DeletedKeyVaults.FirstOrDefault(one => IsIn(one, http)
            && one.Name.Is(name)
            && AzureLocation.Same(one.Vault.Location, http.Route("location")))
            ?? throw ArmException.DeletedVaultNotFound(name);
        return http.WriteAsync(200, TrackedResourceJson.Document(deleted));
    }

    private static bool IsIn(DeletedKeyVault deleted, HttpContext http) =>
        deleted.SubscriptionId.Is(http.Route("subscription"));
}
