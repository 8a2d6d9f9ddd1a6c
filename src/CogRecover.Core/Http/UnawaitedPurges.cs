namespace CogRecover.Core.Http;

/// <summary>The addresses of purges that were started and not waited for, as long as the service may know them.
/// Thread-safe.</summary>
internal sealed class UnawaitedPurges
{
    // No operation on a deleted account lasts longer than the account is kept.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(48);

    private readonly ConcurrentDictionary<string, (Uri Address, DateTime At)> operations =
        new(StringComparer.OrdinalIgnoreCase);

    public void Note(DeletedCognitiveAccount account, Uri? address)
    {
        foreach (KeyValuePair<string, (Uri, DateTime At)> old in operations)
            if (DateTime.UtcNow - old.Value.At > Longest) operations.TryRemove(old.Key, out _);
        if (address is not null) operations[Key(account)] = (address, DateTime.UtcNow);
    }

    public void Forget(DeletedCognitiveAccount account) => operations.TryRemove(Key(account), out _);

    public Uri? Find(DeletedCognitiveAccount account) =>
        operations.TryGetValue(Key(account), out (Uri Address, DateTime) operation) ? operation.Address : null;

    // An account that is deleted again has other operations.
    private static string Key(DeletedCognitiveAccount account) => $"{account.ResourceId} {account.DeletionDate:o}";
}
