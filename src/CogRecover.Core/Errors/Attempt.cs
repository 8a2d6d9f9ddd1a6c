using System.Text.Json;
using Azure;
using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>What was attempted, so that a failure of it can be explained.</summary>
/// <param name="subject">What it was attempted with, as the beginning of a sentence.</param>
/// <param name="undone">What wasn't done, as the rest of it.</param>
/// <param name="lookAgain">The command that shows what it is now.</param>
/// <param name="refused">The id where the service refuses it, and nothing else tells why.</param>
internal abstract class Attempt(string subject, string undone, string lookAgain, RecoveryErrorId refused)
{
    /// <summary>What wasn't done, as the beginning of a sentence.</summary>
    public string Undone { get; } = $"{subject} {undone}";

    public string LookAgain => lookAgain;

    public RecoveryErrorId Refused => refused;

    /// <summary>The permission that the caller lacks where the service forbids it, and how to get it.</summary>
    public abstract string MissingRole { get; }

    /// <summary>The account that something was done to; null for others.</summary>
    public virtual AccountReference? Account => null;

    /// <summary>The account that was looked up; null for others.</summary>
    public virtual AccountReference? LookedUp => null;

    /// <summary>When the service purges the account by itself; null if that isn't known.</summary>
    public virtual DateTime? ScheduledPurgeDate => null;

    /// <summary>The command that waits for it; null where none does.</summary>
    protected virtual string? Resume => null;

    /// <summary>Explains what a request, or the operation that it started, failed with.</summary>
    public RecoveryException Explain(Exception failure) => Explain(failure, Undone);

    /// <summary>Explains a failure to find out what a request came to: it isn't known.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isAccepted">Whether the service had accepted it; if not, that isn't known either.</param>
    public RecoveryException Lost(Exception failure, bool isAccepted)
    {
        RecoveryException explained = Explain(failure, subject + (isAccepted
            ? ": the service accepted the operation, but what it came to isn't known"
            : ": an answer was lost, and whether the service carried the request out isn't known"));
        return explained.With(
            explained.Message,
            $"Run {lookAgain} to see what it came to.",
            explained.ErrorId == refused ? RecoveryErrorId.InvalidServiceResponse : null,
            failure);
    }

    /// <summary>Explains that what the request came to wasn't known in time.</summary>
    /// <param name="timeout">How long it could take.</param>
    /// <param name="isAccepted">Whether the service had accepted it; if not, that isn't known.</param>
    /// <param name="state">The state that was seen last; null if none was.</param>
    public RecoveryException TimedOut(TimeSpan timeout, bool isAccepted, string? state) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{Undone} within {timeout:c}. " + (isAccepted
            ? $"The service has accepted it, and it goes on there{(state is null ? "" : $" (state: {state})")}."
            : "Whether the service has accepted it isn't known: it may go on there."),
        isAccepted && Resume is not null
            ? $"Run {Resume} again to wait for it, with a longer -Timeout."
            : $"Run {lookAgain} to see what it came to, or run the command again with a longer -Timeout.");

    /// <summary>Explains that the time was over before the request was sent.</summary>
    public RecoveryException NotSent(TimeSpan timeout) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{Undone} within {timeout:c}, and nothing was sent.",
        "Run the command again, with a longer -Timeout.");

    /// <summary>Why a read came to nothing, as a sentence.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refusal => ArmError.Of(refusal).ToString(),
        _ => Innermost(failure).Message,
    };

    private RecoveryException Explain(Exception failure, string attempt) => failure switch
    {
        RecoveryException explained => explained.Of(attempt),
        AggregateException { InnerExceptions: [.., RecoveryException explained] } => explained.Of(attempt),
        JsonException => ServiceErrors.InvalidResponse("it isn't JSON, or not what was asked for", failure).Of(attempt),
        RequestFailedException { Status: > 0 } refusal => Explain(refusal, attempt),
        RequestFailedException or HttpRequestException or IOException or AggregateException or TaskCanceledException =>
            new(RecoveryErrorId.ConnectionFailed,
                $"{attempt}: Azure Resource Manager couldn't be reached, or its answer was lost. "
                + Innermost(failure).Message,
                $"Check the network and the proxy, then run {lookAgain}.",
                failure),

        // The library found something in a response that it can't make sense of.
        _ => ServiceErrors.InvalidResponse(failure.Message.TrimEnd('.'), failure).Of(attempt),
    };

    private RecoveryException Explain(RequestFailedException refusal, string attempt)
    {
        ArmError error = ArmError.Of(refusal);
        ArmCode? code = ArmCode.Find(this, error);
        return error.Fail(
            code?.Id ?? refused, $"{attempt}: {code?.Says?.Invoke(this, error) ?? error.ToString()}",
            code?.Next(this, error) ?? $"Run {lookAgain} to see what it is now.", refusal);
    }

    private static Exception Innermost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Innermost(last),
        { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };
}
