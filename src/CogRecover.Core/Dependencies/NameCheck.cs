namespace CogRecover.Core.Dependencies;

/// <summary>Whether a live account stands where the deleted one would come back.</summary>
internal sealed class NameCheck(SharedReads reads)
{
    private const string Name = "Name";

    /// <summary>Checks it, and returns the account where it lives already.</summary>
    /// <param name="account">The account, as it was read some time ago.</param>
    /// <param name="current">The account as it is now; null if it isn't soft-deleted any more.</param>
    public async Task<(RestoreCheck Check, CognitiveAccount? Live)> RunAsync(
        DeletedCognitiveAccount account, Task<DeletedCognitiveAccount?> current, AccountReference reference,
        CancellationToken cancellationToken)
    {
        SharedRead<JsonElement> found = await reads.GetAsync(
            reads.Addresses.LiveAccount(reference), cancellationToken).ConfigureAwait(false);
        if (found.Exists == false) return (Check.Passed(Name, "No live account has the name."), null);
        if (found.Exists is null) return (Unknown(found.Reason), null);
        CognitiveAccount live;
        try
        {
            live = AccountReader.ReadLive(found.Value.Deserialize(AccountJsonContext.Default.AccountJson) ?? new());
        }
        catch (Exception e) when (e is RecoveryException or JsonException)
        {
            return (Unknown(reads.Redact(e.Message)), null);
        }

        string look = $"Run {NextCommand.GetLive(AccountReference.Of(live))}";
        return (AccountMatches.Compare(account, live), await current.ConfigureAwait(false)) switch
        {
            (AccountMatch.Same, _) => (
                Check.Warning(Name, "The account is live: it has been restored already.", look + " to see it."), live),

            // An account that is still soft-deleted can't be the live one.
            (AccountMatch.Another, _) or (_, not null) => (
                Check.Failed(Name, RecoveryErrorId.AccountAlreadyExists,
                    $"Another account named '{live.Name}' is live in resource group '{live.ResourceGroupName}' "
                    + $"({live.Location}).",
                    look + " to see whether it is the one you want."),
                null),
            _ => (
                Check.Warning(Name,
                    "No account of that name is soft-deleted any more, and one is live: the account was restored, or "
                    + "another one was created.",
                    look + " to see it."),
                live),
        };
    }

    private static RestoreCheck Unknown(string reason) =>
        Check.Unknown(Name, $"It isn't known whether a live account has the name: {reason}");
}
