namespace CogRecover.Input;

/// <summary>Takes dates as the messages of this module show them, <c>2026-11-25 14:02 UTC</c>, too. Refuses a number,
/// which PowerShell takes for ticks of 100 ns since the year 1.</summary>
internal sealed class DateAttribute : ArgumentTransformationAttribute
{
    private const string Utc = " UTC";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (given is not null && (given is decimal || given.GetType().IsPrimitive))
            throw new ArgumentTransformationMetadataException(
                $"'{given}' isn't a date. Write (Get-Date).AddHours(-6) or 2026-11-25T14:00Z.");
        return given is string text && text.EndsWith(Utc, StringComparison.OrdinalIgnoreCase)
            ? text.Substring(0, text.Length - Utc.Length) + "Z"
            : inputData;
    }
}
