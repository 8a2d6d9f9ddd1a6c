using System.Net;

namespace CogRecover.Core.Errors;

/// <summary>Something that is requested of Azure Resource Manager. It explains what it fails with.</summary>
/// <param name="subject">What it is about, as the beginning of a sentence.</param>
/// <param name="notDone">What wasn't done, as the rest of that sentence.</param>
/// <param name="lookAgain">The command that shows the current state.</param>
/// <param name="refused">The id of a refusal whose reason isn't known.</param>
internal abstract class Attempt(string subject, string notDone, string lookAgain, RecoveryErrorId refused)
{
    /// <summary>What it is about, in a sentence.</summary>
    public string Description { get; } = char.ToLowerInvariant(subject[0]) + subject.Substring(1);

    /// <summary>What wasn't done, as the beginning of a sentence.</summary>
    public string NotDone { get; } = $"{subject} {notDone}";

    public string LookAgain => lookAgain;
    public RecoveryErrorId Refused => refused;

    /// <summary>The row for a 404 of a resource that isn't there; null for the one of the table.</summary>
    public virtual ArmCode? Gone => null;

    /// <summary>The permission that a 403 lacks, and how to get it.</summary>
    protected abstract string MissingRole { get; }

    /// <summary>The command that waits for the operation; null if there is none.</summary>
    protected virtual string? Resume => null;

    /// <summary>What a {word} in the table of codes stands for; null if this attempt doesn't know it.</summary>
    public virtual string? Word(string name) => name switch
    {
        "lookAgain" => lookAgain,
        "missingRole" => MissingRole,
        "inTime" => "",
        "provider" => AccountId.Provider,
        _ => null,
    };

    /// <summary>Explains what the request, or the operation that it started, failed with.</summary>
    public RecoveryException Explain(Exception failure) => Explain(failure, NotDone);

    /// <summary>Explains that nothing was sent, as the same was refused for the whole subscription.</summary>
    /// <param name="other">For what it was refused.</param>
    public RecoveryException NotSent(RequestFailedException refusal, Attempt other) => Explain(
        refusal, $"{NotDone}, and nothing was sent, because Azure has just refused the same for {other.Description}");

    /// <summary>Whether a refusal holds for every such request in the subscription.</summary>
    public bool IsOfSubscription(RequestFailedException refusal)
    {
        var error = ArmError.Of(refusal);
        return ArmCode.Of(this, error).OfSubscription && IsOfThis("subscription") && IsOfThis("provider");

        // What is linked to an account may be of another subscription or provider.
        bool IsOfThis(string word) => error.Word(word) is not { } named
            || named.Equals(Word(word), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Explains that the outcome isn't known.</summary>
    /// <param name="isAccepted">True if the service accepted the request; false if that isn't known either.</param>
    public RecoveryException Lost(Exception failure, bool isAccepted)
    {
        RecoveryException explained = Explain(failure, subject + (isAccepted
            ? ": the service accepted the operation, but its outcome isn't known"
            : ": a response was lost, and it isn't known whether the service carried out the request"));

        // A user who has to sign in again can't look before that.
        string look = $"Run {lookAgain} to see the outcome.";
        return explained.With(
            explained.Message,
            explained.ErrorId == RecoveryErrorId.ClaimsChallenge ? explained.RecommendedAction : look,
            explained.ErrorId == refused ? RecoveryErrorId.InvalidServiceResponse : null, failure,
            isOutcomeUnknown: true);
    }

    /// <summary>Explains that the time was over before the outcome was known.</summary>
    /// <param name="isAccepted">True if the service accepted the request; false if that isn't known.</param>
    /// <param name="state">The last state that was read; null if none was.</param>
    public RecoveryException TimedOut(TimeSpan timeout, bool isAccepted, string? state) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{NotDone} within {timeout:c}. " + (isAccepted
            ? $"The service has accepted it, and it goes on there{(state is null ? "" : $" (state: {state})")}."
            : "It isn't known whether the service has accepted it: it may go on there."),
        isAccepted && Resume is not null
            ? $"Run {Resume} again to wait for it, with a longer -Timeout."
            : $"Run {lookAgain} to see the outcome, or run the command again with a longer -Timeout.")
    {
        IsOutcomeUnknown = true,
    };

    /// <summary>Whether what was attempted may be done or under way in spite of a failure.</summary>
    public static bool IsOutcomeUnknown(RecoveryException failure) => failure.IsOutcomeUnknown;

    /// <summary>Explains that the time was over before the service took the request.</summary>
    /// <param name="wasRefused">Whether it was sent, and refused for the moment.</param>
    /// <param name="waitsFor">What had to end first; null for nothing.</param>
    public RecoveryException NotTaken(TimeSpan timeout, bool wasRefused, string? waitsFor = null) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{NotDone} within {timeout:c}, and nothing was {(wasRefused ? "done" : "sent")}"
        + (waitsFor is null ? "." : $": {waitsFor}."),
        "Run the command again, with a longer -Timeout.");

    /// <summary>Why a read failed, as a sentence.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refusal => ArmError.Of(refusal).ToString(),
        _ => Innermost(failure).Message,
    };

    /// <summary>The id of what a read failed with.</summary>
    public static RecoveryErrorId IdOf(Exception failure) => failure switch
    {
        RecoveryException explained => explained.ErrorId,
        JsonException => RecoveryErrorId.InvalidServiceResponse,
        TimeoutException => RecoveryErrorId.OperationTimedOut,
        RequestFailedException { Status: > 0 } refusal =>
            ArmCode.IdOf(ArmError.Of(refusal)) ?? RecoveryErrorId.InvalidServiceResponse,
        _ => RecoveryErrorId.ConnectionFailed,
    };

    private RecoveryException Explain(Exception failure, string attempted) => failure switch
    {
        RecoveryException explained => explained.WithPrefix(attempted),
        AggregateException { InnerExceptions: [.., RecoveryException explained] } => explained.WithPrefix(attempted),
        JsonException =>
            ServiceErrors.InvalidResponse("it isn't JSON, or not what was asked for", failure).WithPrefix(attempted),
        RequestFailedException { Status: > 0 } refusal => Explain(refusal, attempted, ArmError.Of(refusal)),
        RequestFailedException or HttpRequestException or IOException or WebException or AggregateException
            or TaskCanceledException => new(
                RecoveryErrorId.ConnectionFailed,
                $"{attempted}: Azure Resource Manager couldn't be reached, or its answer was lost. "
                + Innermost(failure).Message,
                $"Check the network and the proxy, then run {lookAgain}.", failure),

        // Azure.Core found something in a response that it can't make sense of.
        _ => ServiceErrors.InvalidResponse(failure.Message.TrimEnd('.'), failure).WithPrefix(attempted),
    };

    private RecoveryException Explain(RequestFailedException refusal, string attempted, ArmError error) =>
        ArmCode.Of(this, error).Explain(this, attempted, error, refusal);

    private static Exception Innermost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Innermost(last),
        { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };
}
