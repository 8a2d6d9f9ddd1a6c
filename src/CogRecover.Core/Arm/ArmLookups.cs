using System.Collections.Concurrent;
using System.Text.Json;
using Azure;

namespace CogRecover.Core.Arm;

/// <summary>What a look at something in Azure came to.</summary>
/// <param name="Exists">Whether it is there; null if that couldn't be found out.</param>
/// <param name="Value">What the service says of it, if it exists.</param>
/// <param name="Reason">Why it couldn't be found out; empty if it could.</param>
internal sealed record ArmLookup<T>(bool? Exists, T? Value, string Reason = "");

/// <summary>
/// Looks at what accounts depend on: each thing once, however many accounts ask, and without ever failing. Safe to be
/// used from many threads at once.
/// </summary>
internal sealed class ArmLookups(ArmRequests arm, ArmAddresses addresses)
{
    private readonly ConcurrentDictionary<Uri, Lazy<Task<ArmLookup<JsonElement>>>> resources = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<ArmLookup<List<JsonElement>>>>> lists = new();

    /// <summary>Looks at a resource. The first to ask sets the token.</summary>
    public Task<ArmLookup<JsonElement>> GetAsync(Uri address, CancellationToken cancellationToken) =>
        resources.GetOrAdd(address, _ => new(() =>
            TryAsync(() => ReadAsync(address, cancellationToken), cancellationToken))).Value;

    /// <summary>Reads all pages of a list. The first to ask sets the token.</summary>
    public Task<ArmLookup<List<JsonElement>>> ListAsync(Uri address, CancellationToken cancellationToken) =>
        lists.GetOrAdd(address, _ => new(() =>
            TryAsync(() => ReadAllAsync(address, cancellationToken), cancellationToken))).Value;

    private static async Task<ArmLookup<T>> TryAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return new(true, await read().ConfigureAwait(false));
        }
        catch (RequestFailedException e) when (e.Status == 404 && ArmError.Of(e).SaysThatItIsGone)
        {
            return new(false, default);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, default, ArmFailure.Reason(e));
        }
    }

    private async Task<JsonElement> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using JsonDocument body = await arm.GetAsync(address, cancellationToken).ConfigureAwait(false);
        return body.RootElement.Clone();
    }

    private async Task<List<JsonElement>> ReadAllAsync(Uri address, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        for (Uri? next = address; next is not null;)
        {
            JsonElement page = await ReadAsync(next, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Child("value").Elements());
            next = addresses.NextPage(page);
        }

        return all;
    }
}
