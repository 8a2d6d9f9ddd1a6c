namespace CogRecover.Sandbox.Arm.State;

/// <content>The resource providers that subscriptions aren't registered for. All others they are.</content>
public sealed partial class ArmState
{
    private readonly HashSet<string> unregistered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a subscription's registration for a provider away.</summary>
    /// <param name="provider">Its namespace.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public void Unregister(string provider, string? subscriptionId = null)
    {
        using var _ = Enter();
        unregistered.Add(RegistrationKey(provider, subscriptionId ?? DefaultSubscriptionId));
    }

    internal void Register(string provider, string subscriptionId)
    {
        using var _ = Enter();
        unregistered.Remove(RegistrationKey(provider, subscriptionId));
    }

    internal bool IsRegistered(string provider, string subscriptionId)
    {
        using var _ = Enter();
        return !unregistered.Contains(RegistrationKey(provider, subscriptionId));
    }

    private static string RegistrationKey(string provider, string subscriptionId) => $"{subscriptionId} {provider}";
}
