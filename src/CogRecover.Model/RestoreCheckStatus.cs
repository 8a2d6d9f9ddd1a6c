namespace CogRecover;

/// <summary>The result of a check of a restore's prerequisites, the most severe first.</summary>
public enum RestoreCheckStatus
{
    /// <summary>The restore would fail.</summary>
    Failed,
    /// <summary>The restore may pass, but something else won't work, or time is short.</summary>
    Warning,
    /// <summary>The check couldn't be made. It doesn't stop a restore.</summary>
    Unknown,
    /// <summary>Nothing is in the way.</summary>
    Passed,
}
