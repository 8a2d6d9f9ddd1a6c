namespace CogRecover.Core.Dependencies;

/// <summary>Makes the results of checks.</summary>
internal static class Check
{
    public static RestoreCheck Passed(string name, string message) => Make(name, RestoreCheckStatus.Passed, message);
    public static RestoreCheck Failed(
        string name, RecoveryErrorId id, string message, string action, bool isRecoverable = false) =>
        Make(name, RestoreCheckStatus.Failed, message, action, id, isRecoverable);
    public static RestoreCheck Warning(string name, string message, string action, RecoveryErrorId? id = null) =>
        Make(name, RestoreCheckStatus.Warning, message, action, id);
    public static RestoreCheck Unknown(
        string name, string message, string? action = null, RecoveryErrorId? id = null) =>
        Make(name, RestoreCheckStatus.Unknown, message, action, id);

    /// <summary>What is gone, and comes back with the restore.</summary>
    public static RestoreCheck Recovered(RestoreCheck check, string message, string action) =>
        Make(check.Name, RestoreCheckStatus.Warning, message, action, isRecoverable: true);

    /// <summary>Something that an account needs couldn't be seen.</summary>
    /// <param name="what">What it is, in a sentence: <c>resource group 'rg-ai'</c>.</param>
    /// <param name="ifGone">What to do where it is gone, as a sentence.</param>
    public static RestoreCheck Unseen<T>(string name, string what, SharedRead<T> read, string ifGone) => Make(
        name, RestoreCheckStatus.Unknown, $"It isn't known whether {what} exists: {read.Reason}",
        $"{ifGone} If you know that it exists, restore without -RestoreDependency.", read.ErrorId);

    /// <summary>The same check in the words that the user gets.</summary>
    public static RestoreCheck Present(RestoreCheck check, Func<string, string> present) => Make(
        check.Name, check.Status, present(check.Message),
        check.RecommendedAction is { } action ? present(action) : null, check.ErrorId, check.IsRecoverable);

    private static RestoreCheck Make(
        string name, RestoreCheckStatus status, string message, string? action = null, RecoveryErrorId? id = null,
        bool isRecoverable = false) => new()
        {
            Name = name, Status = status, Message = message, RecommendedAction = action, ErrorId = id,
            IsRecoverable = isRecoverable,
        };
}
