namespace CogRecover.Core.Prerequisites;

/// <summary>Makes the outcomes of checks.</summary>
internal static class Check
{
    public static RestoreCheck Passed(string name, string message) =>
        new() { Name = name, Status = RestoreCheckStatus.Passed, Message = message };

    public static RestoreCheck Failed(string name, RecoveryErrorId id, string message, string action) => new()
    {
        Name = name,
        Status = RestoreCheckStatus.Failed,
        Message = message,
        RecommendedAction = action,
        ErrorId = id,
    };

    public static RestoreCheck Warning(
        string name, string message, string action, RecoveryErrorId? id = null) => new()
    {
        Name = name,
        Status = RestoreCheckStatus.Warning,
        Message = message,
        RecommendedAction = action,
        ErrorId = id,
    };

    public static RestoreCheck Unknown(string name, string message, string? action = null) => new()
    {
        Name = name,
        Status = RestoreCheckStatus.Unknown,
        Message = message,
        RecommendedAction = action,
    };
}
