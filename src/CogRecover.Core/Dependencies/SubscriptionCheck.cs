namespace CogRecover.Core.Dependencies;

/// <summary>Whether the account's subscription accepts writes, and is registered for Cognitive Services.</summary>
internal sealed class SubscriptionCheck(SharedReads reads)
{
    private const string Name = "Subscription";

    public async Task<RestoreCheck> RunAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        string id = account.SubscriptionId;
        Task<SharedRead<JsonElement>> provider = reads.GetAsync(
            reads.Addresses.Provider(id, AccountId.Provider), cancellationToken);
        SharedRead<JsonElement> subscription = await reads.GetAsync(
            reads.Addresses.Subscription(id), cancellationToken).ConfigureAwait(false);
        string? registration = (await provider.ConfigureAwait(false)).Value.Text("registrationState");
        string? state = subscription.Value.Text("state");
        if (Is(state, "Disabled", "Expired", "Deleted"))
            return Check.Failed(Name, RecoveryErrorId.SubscriptionDisabled,
                $"Subscription {id} is {state}, and accepts no writes.",
                $"Ask the owner of subscription {id} to enable it again"
                + $"{UtcDate.BeforePurge(account.ScheduledPurgeDate)}. Get-AzSubscription -SubscriptionId '{id}' shows "
                + "its state.");
        if (Is(registration, "NotRegistered", "Unregistered", "Unregistering"))
            return Check.Failed(Name, RecoveryErrorId.ProviderNotRegistered,
                $"Subscription {id} isn't registered for {AccountId.Provider} (state: {registration}).",
                $"{NextCommand.In(id)}Register-AzResourceProvider -ProviderNamespace '{AccountId.Provider}' registers "
                + "it within minutes.");
        if (Is(state, "Warned", "PastDue"))
            return Check.Warning(Name,
                $"The state of subscription {id} is {state}. Azure still accepts writes, but disables the subscription "
                + "if its bill isn't paid.", $"Get-AzSubscription -SubscriptionId '{id}' shows its state.");
        return state is null
            ? Check.Unknown(
                Name, $"It isn't known whether subscription {id} accepts writes: "
                    + (subscription.Reason.Length > 0 ? subscription.Reason : "Azure doesn't tell its state."))
            : Check.Passed(Name, $"Subscription {id} accepts writes.");
    }

    private static bool Is(string? state, params string[] states) =>
        states.Contains(state, StringComparer.OrdinalIgnoreCase);
}
