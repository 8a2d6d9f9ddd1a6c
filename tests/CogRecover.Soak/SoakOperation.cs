using System.Collections.Concurrent;
using CogRecover.Core;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Soak;

/// <summary>What is done to one account, by one caller or by two at once, and what each was told.</summary>
/// <param name="name">The account's name.</param>
/// <param name="writes"><c>restore</c> and <c>purge</c>.</param>
internal sealed class SoakOperation(string name, params string[] writes) : ISoakOperation
{
    public const string Group = "rg-soak";
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly List<string> outcomes = [];
    private readonly ConcurrentQueue<string> messages = new();

    public string Name => string.Join(" and ", writes);

    public IReadOnlyList<string> Outcomes => outcomes;

    public async Task RunAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, CancellationToken cancellationToken) =>
        outcomes.AddRange(await Task.WhenAll(writes.Select(write => RunAsync(recovery, account, write, cancellationToken))));

    public string? Check(ArmState state)
    {
        bool lives = state.HasAccount(name, Group);
        bool isDeleted = state.HasDeletedAccount(name, Group);
        bool isAlone = writes.Length == 1;

        // Whose answers were all lost has done nothing, and says so; other reasons there are none.
        bool isDown(string outcome) => isDeleted && outcome.Split(": ")[1] is
            nameof(RecoveryErrorId.ServiceUnavailable) or nameof(RecoveryErrorId.ConnectionFailed);
        bool areAtOdds = writes.Distinct().Count() > 1;
        bool fits = outcomes.Count == writes.Length && !(lives && isDeleted) && outcomes.All(outcome => outcome.Split(':')[0] switch
        {
            "restored" => lives,
            "live already" => lives && !isAlone,
            "purged" => !lives && !isDeleted,
            "nothing to purge" => !isDeleted && areAtOdds,
            "not restored" or "not purged" => areAtOdds || isDown(outcome),
            "unknown" => true,
            _ => false,
        });
        return fits
            ? null
            : $"{name}: {Name} came to {string.Join(", ", outcomes)}, "
                + (lives ? "and it lives" : isDeleted ? "and it is soft-deleted" : "and it is gone")
                + string.Concat(messages.Select(message => $"\n    {message}"));
    }

    private async Task<string> RunAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, string write, CancellationToken cancellationToken)
    {
        try
        {
            if (write == "purge")
            {
                OperationHandle<PurgeOutcome> purge = await recovery.Operations.StartPurgeAsync(
                    account, Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
                return (await purge.WaitAsync(cancellationToken).ConfigureAwait(false)).Existed
                    ? "purged"
                    : "nothing to purge";
            }

            OperationHandle<RestoreOutcome> restore = await recovery.Operations.StartRestoreAsync(
                account, Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
            return (await restore.WaitAsync(cancellationToken).ConfigureAwait(false)).WasLiveAlready
                ? "live already"
                : "restored";
        }
        catch (RecoveryException e)
        {
            messages.Enqueue(e.Message);
            return $"{(IsUnknown(e) ? "unknown" : write == "purge" ? "not purged" : "not restored")}: {e.ErrorId}";
        }
    }

    /// <summary>Whether a caller was told that the outcome isn't known.</summary>
    public static bool IsUnknown(RecoveryException e) => e.ErrorId == RecoveryErrorId.OperationTimedOut
        || e.Message.Contains("isn't known", StringComparison.Ordinal);
}
