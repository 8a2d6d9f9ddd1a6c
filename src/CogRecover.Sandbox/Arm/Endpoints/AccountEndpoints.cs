using System.Security.Cryptography;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Live accounts.</summary>
internal sealed class AccountEndpoints(
    ArmState state, AccountLifecycle lifecycle, ArmAccess access, SimulatedArmOptions options)
{
    private const string Provider = "/providers/Microsoft.CognitiveServices/accounts";

    private const string InGroup = "/subscriptions/{subscription}/resourceGroups/{group}" + Provider;

    private const string One = InGroup + "/{name}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", "/subscriptions/{subscription}" + Provider, ArmType.Accounts, ListAsync);
        routes.MapArm("GET", InGroup, ArmType.Accounts, ListAsync);
        routes.MapArm("GET", One, ArmType.Accounts, http => AnswerAsync(http, 200, lifecycle.Get(http.Key()), false));
        routes.MapArm("PUT", One, ArmType.Accounts, PutAsync);
        routes.MapArm("PATCH", One, ArmType.Accounts, PatchAsync);
        routes.MapArm("DELETE", One, ArmType.Accounts, DeleteAsync);
        routes.MapArm("POST", One + "/listKeys", ArmType.Accounts, ListKeysAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        var group = http.Group(state);
        var found = state.Accounts.Where(account => account.SubscriptionId.Is(http.Route("subscription"))
            && (group is null || group.Is(account.ResourceGroupName))
            && access.MayRead(ArmType.Accounts, account.SubscriptionId, account.ResourceGroupName));
        return http.WritePageAsync(found, options.PageSize, AccountJson.Document);
    }

    private async Task PutAsync(HttpContext http)
    {
        var request = new AccountRequest(await http.ReadObjectAsync());
        var (account, isNew, operation) = lifecycle.Put(http.Key(), request, http.CorrelationId());
        if (operation is not null)
            http.Response.Headers["azure-asyncoperation"] = OperationEndpoints.Uri(http, operation, operation.Location);
        await AnswerAsync(http, isNew ? 201 : 200, account, true);
    }

    private async Task PatchAsync(HttpContext http)
    {
        var request = new AccountRequest(await http.ReadObjectAsync());
        await AnswerAsync(http, 200, lifecycle.Patch(http.Key(), request, http.CorrelationId()), true);
    }

    private Task DeleteAsync(HttpContext http) =>
        http.EndAsync(lifecycle.SoftDelete(http.Key(), http.CorrelationId()) ? 200 : 204);

    private Task ListKeysAsync(HttpContext http)
    {
        var account = lifecycle.Get(http.Key());
        return http.WriteAsync(200, new { Key1 = Key(account, 1), Key2 = Key(account, 2) });
    }

    private static Task AnswerAsync(HttpContext http, int status, Account account, bool written)
    {
        if (written) http.Response.Headers.ETag = account.ETag;
        return http.WriteAsync(status, AccountJson.Document(account));
    }

    /// <summary>The same key for as long as the account can be restored.</summary>
    private static string Key(Account account, int number) => Convert.ToHexStringLower(SHA256.HashData(
        [.. account.InternalId.ToByteArray(), (byte)number]))[..32];
}
