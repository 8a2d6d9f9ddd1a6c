namespace CogRecover.Core.Arm;

/// <summary>The result of a read that never throws.</summary>
/// <param name="Exists">Whether the resource exists; null if that isn't known.</param>
/// <param name="Reason">Why it isn't known whether it exists; empty otherwise.</param>
/// <param name="ErrorId">The id of that failure; null otherwise.</param>
internal sealed record SharedRead<T>(bool? Exists, T? Value, string Reason = "", RecoveryErrorId? ErrorId = null);

/// <summary>Reads the resources that accounts depend on, each once for all accounts: a token ends a caller's wait, not
/// the read. Thread-safe.</summary>
/// <param name="redaction">Takes the token out of what a server says.</param>
/// <param name="patience">How long a read may take.</param>
/// <param name="stop">Stops all reads.</param>
internal sealed class SharedReads(
    ArmRequests arm, TokenRedaction redaction, TimeSpan patience, CancellationToken stop)
{
    private readonly ConcurrentDictionary<Uri, Lazy<Task<SharedRead<JsonElement>>>> resources = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<SharedRead<List<JsonElement>>>>> lists = new();

    public ArmAddresses Addresses => arm.Addresses;

    /// <summary>The text without the caller's token.</summary>
    public string Redact(string text) => redaction.Redact(text);

    /// <summary>The same reads, without what was read so far.</summary>
    public SharedReads Renew() => new(arm, redaction, patience, stop);

    /// <summary>Reads a resource.</summary>
    public Task<SharedRead<JsonElement>> GetAsync(Uri address, CancellationToken cancellationToken) =>
        resources.GetOrAdd(address, _ => new(() => TryAsync(
            limit => arm.GetAsync(address, ArmJson.Default.JsonElement, limit), error => error.SaysThatItIsGone))).Value
            .WaitForAsync(cancellationToken);

    /// <summary>Reads all pages of a list. Any 404 but its group's means that the service doesn't have such lists. A
    /// subscription that isn't registered for their provider has an empty one.</summary>
    public Task<SharedRead<List<JsonElement>>> ListAsync(Uri address, CancellationToken cancellationToken) =>
        lists.GetOrAdd(address, _ => new(() => TryAsync(
            limit => ListAllAsync(address, limit), error => error.Code == "ResourceGroupNotFound"))).Value
            .WaitForAsync(cancellationToken);

    private async Task<List<JsonElement>> ListAllAsync(Uri address, CancellationToken limit)
    {
        try
        {
            return await arm.ListAllAsync(address, limit).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status != 404 && ArmError.Of(e).MeansNone)
        {
            return [];
        }
    }

    private async Task<SharedRead<T>> TryAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<ArmError, bool> isGone)
    {
        try
        {
            return new(true, await new TimeLimit(patience).RunAsync(
                limit => arm.LookAsync(read, limit),
                _ => new TimeoutException($"There was no answer within {patience.TotalSeconds:0} s."),
                stop).ConfigureAwait(false));
        }
        catch (RequestFailedException e) when (e.Status == 404 && isGone(ArmError.Of(e)))
        {
            return new(false, default);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return new(null, default, redaction.Redact(Attempt.Reason(e)), Attempt.IdOf(e));
        }
    }
}
