namespace CogRecover.Sandbox.Arm.State;

/// <summary>What a lock forbids.</summary>
public enum ArmLockLevel
{
    /// <summary>Deleting.</summary>
    CanNotDelete,

    /// <summary>Deleting, writing, and every action that isn't a read.</summary>
    ReadOnly,
}
