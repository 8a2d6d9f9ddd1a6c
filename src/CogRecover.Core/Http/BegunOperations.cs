namespace CogRecover.Core.Http;

/// <summary>The addresses of operations that were started and not waited for. Thread-safe.</summary>
internal sealed class BegunOperations
{
    private readonly ConcurrentDictionary<string, Uri> addresses = new(StringComparer.OrdinalIgnoreCase);

    public void Note(DeletedCognitiveAccount account, Uri? address)
    {
        if (address is not null) addresses[Key(account)] = address;
    }

    public void Forget(DeletedCognitiveAccount account) => addresses.TryRemove(Key(account), out _);

    public Uri? Find(DeletedCognitiveAccount account) =>
        addresses.TryGetValue(Key(account), out Uri? address) ? address : null;

    // An account that is deleted again has other operations.
    private static string Key(DeletedCognitiveAccount account) => $"{account.ResourceId} {account.DeletionDate:o}";
}
