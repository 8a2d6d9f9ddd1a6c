namespace CogRecover.Input;

/// <summary>Refuses a number as a date. PowerShell takes it for ticks of 100 ns since the year 1, which nobody
/// means.</summary>
internal sealed class RefuseNumberAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given is not null && (given is decimal || given.GetType().IsPrimitive)
            ? throw new ArgumentTransformationMetadataException(
                $"'{given}' is no date. Write (Get-Date).AddHours(-6) or 2026-11-25T14:00Z.")
            : inputData;
    }
}
