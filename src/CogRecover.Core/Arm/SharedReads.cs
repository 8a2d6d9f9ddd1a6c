using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;

namespace CogRecover.Core.Arm;

/// <summary>What a look at something in Azure came to.</summary>
/// <param name="Exists">Whether it is there; null if that couldn't be found out.</param>
/// <param name="Value">What the service says of it, if it exists.</param>
/// <param name="Reason">Why it couldn't be found out; empty if it could.</param>
internal sealed record SharedRead<T>(bool? Exists, T? Value, string Reason = "");

/// <summary>
/// Looks at what accounts depend on: each thing once, however many accounts ask, and without ever failing. Safe to be
/// used from many threads at once.
/// </summary>
/// <param name="arm">Azure Resource Manager.</param>
/// <param name="redaction">Takes the caller's token out of what a server says, which stands in results too.</param>
/// <param name="patience">How long a look may take: what can't be seen must not hold up what it is for.</param>
/// <param name="stop">Stops all looks.</param>
internal sealed class SharedReads(
    ArmRequests arm, TokenRedaction redaction, TimeSpan patience, CancellationToken stop)
{
    private readonly ConcurrentDictionary<Uri, Lazy<Task<SharedRead<JsonElement>>>> resources = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<SharedRead<List<JsonElement>>>>> lists = new();

    public ArmAddresses Addresses => arm.Addresses;

    /// <summary>The text without the caller's token.</summary>
    public string Redact(string text) => redaction.Redact(text);

    /// <summary>Looks at a resource. The token ends the wait, not the look that others share.</summary>
    public Task<SharedRead<JsonElement>> GetAsync(Uri address, CancellationToken cancellationToken) =>
        resources.GetOrAdd(address, _ => new(() => TryAsync(
            limit => arm.GetAsync(address, ArmJson.Default.JsonElement, limit), IsGone))).Value
            .WaitForAsync(cancellationToken);

    /// <summary>Reads all pages of a list. The token ends the wait, not the reading that others share.</summary>
    public Task<SharedRead<List<JsonElement>>> ListAsync(Uri address, CancellationToken cancellationToken) =>
        lists.GetOrAdd(address, _ => new(() => TryAsync(limit => arm.ListAllAsync(address, limit), IsScopeGone))).Value
            .WaitForAsync(cancellationToken);

    private static bool IsGone(ArmError error) => error.SaysThatItIsGone;

    // A list that isn't there is one that the service doesn't have, unless what it is of is gone.
    private static bool IsScopeGone(ArmError error) => error.Code == "ResourceGroupNotFound";

    private async Task<SharedRead<T>> TryAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<ArmError, bool> isGone)
    {
        try
        {
            return new(true, await TimeLimit.RunAsync(
                patience, read, _ => new TimeoutException($"There was no answer within {patience.TotalSeconds:0} s."), stop)
                .ConfigureAwait(false));
        }
        catch (RequestFailedException e) when (e.Status == 404 && isGone(ArmError.Of(e)))
        {
            return new(false, default);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return new(null, default, redaction.Redact(Attempt.Reason(e)));
        }
    }
}
