using System.Globalization;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What is done to storage accounts: created, soft-deleted, recovered.</summary>
internal sealed class StorageEndpoints(ArmState state, StorageLifecycle lifecycle, SimulatedArmOptions options)
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.Storage";

    private const string One =
        "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{name}";

    private readonly TrackedResourceJson json = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("PUT", One, ArmType.StorageAccounts, PutAsync);
        routes.MapArm("DELETE", One, ArmType.StorageAccounts, http =>
            http.EndAsync(lifecycle.SoftDelete(http.Key()) ? 200 : 204));
        routes.MapArm("GET", Provider + "/deletedAccounts", ArmType.DeletedStorageAccounts, ListDeletedAsync);
        routes.MapArm(
            "GET", Provider + "/locations/{location}/deletedAccounts/{name}", ArmType.DeletedStorageAccount,
            GetDeletedAsync);
        routes.MapArm(
            "GET", Provider + "/locations/{location}/asyncoperations/{operation}", ArmType.StorageOperations,
            PollAsync);
    }

    private async Task PutAsync(HttpContext http)
    {
        var request = new AccountRequest(await http.ReadObjectAsync());
        var location = request.Location ?? throw ArmException.LocationRequired();
        var key = http.Key();
        var created = request.Body.Object("properties")?.Text("deletedAccountCreationTime");
        var (account, operation) = created is null
            ? lifecycle.Put(key, location, request.Tags)
            : lifecycle.Recover(key, Time(created));
        if (operation is null)
        {
            await http.WriteAsync(200, json.Document(account));
            return;
        }

        await http.EndAsync(202, $"{http.BaseUri()}/subscriptions/{key.SubscriptionId}/providers/Microsoft.Storage" +
            $"/locations/{AzureLocation.Normalize(account.Location)}/asyncoperations/{operation.Id}" +
            $"?monitor=true&api-version={http.ApiVersion()}");
    }

    private Task PollAsync(HttpContext http)
    {
        var (account, isRunning) = lifecycle.Result(http.Route("operation"));
        return isRunning
            ? http.EndAsync(202, http.BaseUri() + http.RawTarget())
            : http.WriteAsync(200, json.Document(account));
    }

    private Task ListDeletedAsync(HttpContext http) => http.WritePageAsync(
        state.DeletedStorageAccounts.Where(one => IsIn(one, http)), options.PageSize, TrackedResourceJson.Document);

    private Task GetDeletedAsync(HttpContext http)
    {
        var name = http.Route("name");
        var deleted = state.DeletedStorageAccounts.FirstOrDefault(one => IsIn(one, http)
            && one.Name.Is(name)
            && AzureLocation.Same(one.Account.Location, http.Route("location")))
            ?? throw ResourceErrors.DeletedStorageNotFound(name);
        return http.WriteAsync(200, TrackedResourceJson.Document(deleted));
    }

    private static bool IsIn(DeletedStorageAccount deleted, HttpContext http) =>
        deleted.SubscriptionId.Is(http.Route("subscription"));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ArmException.InvalidContent($"'{text}' is no time");
}
