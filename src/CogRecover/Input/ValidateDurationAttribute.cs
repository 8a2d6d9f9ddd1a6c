namespace CogRecover.Input;

/// <summary>Refuses a time span under a second. PowerShell reads a bare number as ticks of 100 ns, which nobody
/// means.</summary>
internal sealed class ValidateDurationAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan duration && duration < TimeSpan.FromSeconds(1))
            throw new ValidationMetadataException(
                $"{duration:c} is less than a second. Write a time span such as '00:30:00' (30 minutes) or "
                + "(New-TimeSpan -Hours 4); a bare number would count as ticks of 100 ns.");
        if (arguments is TimeSpan { TotalDays: > 24 })
            throw new ValidationMetadataException("A time span of more than 24 days is too long.");
    }
}
