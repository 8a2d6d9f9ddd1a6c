namespace CogRecover.Core.Accounts;

/// <summary>The names of the subscriptions that were seen so far. Thread-safe.</summary>
internal sealed class SubscriptionNames
{
    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes the name of a subscription, if both are known.</summary>
    public void Note(string? subscriptionId, string? name)
    {
        if (subscriptionId is not null && !string.IsNullOrWhiteSpace(name)) names[subscriptionId] = name!;
    }

    /// <summary>Adds the name of its subscription to an account or a result, where it is known, or notes the one that
    /// it has.</summary>
    public void AddTo(object? written)
    {
        switch (written)
        {
            case DeletedCognitiveAccount account:
                account.SubscriptionName = Complete(account.SubscriptionId, account.SubscriptionName);
                break;
            case CognitiveAccount account:
                account.SubscriptionName = Complete(account.SubscriptionId, account.SubscriptionName);
                break;
            case RestoreTestResult result:
                result.SubscriptionName = Complete(result.SubscriptionId, result.SubscriptionName);
                break;
        }
    }

    private string? Complete(string subscriptionId, string? name)
    {
        Note(subscriptionId, name);
        return names.TryGetValue(subscriptionId, out string? known) ? known : null;
    }
}
