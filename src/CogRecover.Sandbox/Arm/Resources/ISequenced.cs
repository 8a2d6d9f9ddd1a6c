namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What has a stable place in a list, so that a page can go on where the last one ended.</summary>
public interface ISequenced
{
    /// <summary>Grows with every write.</summary>
    long Sequence { get; }
}
