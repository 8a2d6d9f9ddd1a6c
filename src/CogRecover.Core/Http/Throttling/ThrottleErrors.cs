namespace CogRecover.Core.Http.Throttling;

/// <summary>Azure Resource Manager didn't accept a request in time.</summary>
internal static class ThrottleErrors
{
    /// <summary>The look-up before an operation took too long, so that nothing was sent.</summary>
    /// <param name="canceled">How the look-up ended.</param>
    public static RecoveryException LookupTimedOut(string account, TimeSpan timeout, Exception canceled)
    {
        ThrottleNotice? notice = (canceled as ThrottledException)?.Notice;
        string message = $"Account '{account}' couldn't be looked up within {timeout:c}, and nothing was sent";
        return notice is null
            ? new(RecoveryErrorId.OperationTimedOut, $"{message}.",
                "Run the command again, with a longer -Timeout if Azure is slow or throttles.")
            : Throttled(notice, refusal: null, _ => $"{message}: {notice}.");
    }

    /// <summary>A request wasn't sent in time.</summary>
    public static RecoveryException NotSent(Attempt attempt, ThrottledException wait, TimeSpan timeout) => Throttled(
        wait.Notice, wait.Refusal,
        error => $"{attempt.NotDone} within {timeout:c}, and nothing was done: "
            + (error?.ToString() ?? wait.Notice?.ToString() ?? "Azure Resource Manager accepts few requests now."));

    /// <summary>A request would have to wait for too long.</summary>
    public static RecoveryException TooLong(ThrottleNotice notice, RequestFailedException? refusal) =>
        Throttled(notice, refusal, error => $"{notice}.{(error is null ? "" : $" {error}")}");

    /// <param name="notice">What the request waited for; null for its turn among few requests.</param>
    private static RecoveryException Throttled(
        ThrottleNotice? notice, RequestFailedException? refusal, Func<ArmError?, string> message)
    {
        ArmError? error = refusal is null ? null : ArmError.Of(refusal);
        string when = notice is null ? "later" : $"after {notice.UntilText}";
        string action = $"Run the command again {when}, or with a longer -Timeout.";
        return error?.Fail(RecoveryErrorId.RequestThrottled, message(error), action, refusal)
            ?? new(RecoveryErrorId.RequestThrottled, message(null), action) { Response = new(Status: 429) };
    }
}
