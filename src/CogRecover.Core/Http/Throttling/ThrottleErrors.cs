using Azure;
using CogRecover.Core.Errors;

namespace CogRecover.Core.Http.Throttling;

/// <summary>Azure Resource Manager throttles.</summary>
public static class ThrottleErrors
{
    /// <summary>The look-up before an operation took too long, so that nothing was sent.</summary>
    /// <param name="account">What the user named the account by.</param>
    /// <param name="timeout">How long it could take.</param>
    /// <param name="notice">What it waited for, where the service throttles; null for nothing.</param>
    public static RecoveryException LookupTimedOut(string account, TimeSpan timeout, ThrottleNotice? notice)
    {
        string message = $"Account '{account}' couldn't be looked up within {timeout:c}, and nothing was sent";
        return notice is null
            ? new(RecoveryErrorId.OperationTimedOut, $"{message}.",
                "Run the command again, with a longer -Timeout if Azure is slow or throttles.")
            : Throttled(error: null, notice, $"{message}: {notice}.", cause: null);
    }

    /// <summary>The request wasn't sent in time, because the service took no more of its kind.</summary>
    internal static RecoveryException NotSent(Attempt attempt, ThrottledException wait, TimeSpan timeout)
    {
        ArmError? refusal = wait.Refusal is null ? null : ArmError.Of(wait.Refusal);
        string reason =
            refusal?.ToString() ?? wait.Notice?.ToString() ?? "Azure Resource Manager takes few requests now.";
        return Throttled(
            refusal, wait.Notice, $"{attempt.Undone} within {timeout:c}, and nothing was done: {reason}", wait.Refusal);
    }

    internal static RecoveryException Throttled(ThrottleNotice notice, RequestFailedException? refusal)
    {
        ArmError? error = refusal is null ? null : ArmError.Of(refusal);
        return Throttled(error, notice, $"{notice}.{(error is null ? "" : $" {error}")}", refusal);
    }

    /// <param name="error">What the service said when it refused a request last; null if it refused none.</param>
    /// <param name="notice">What is waited for; null for its turn among few requests.</param>
    /// <param name="message">What wasn't done.</param>
    /// <param name="cause">The cause.</param>
    internal static RecoveryException Throttled(
        ArmError? error, ThrottleNotice? notice, string message, Exception? cause)
    {
        string action = notice is null
            ? "Run the command again later, or with a longer -Timeout."
            : $"Run the command again after {notice.UntilText}, or with a longer -Timeout.";
        return error?.Fail(RecoveryErrorId.RequestThrottled, message, action, cause)
            ?? new(RecoveryErrorId.RequestThrottled, message, action, cause) { Status = 429 };
    }
}
