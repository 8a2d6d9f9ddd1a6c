using System.Management.Automation;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Module.Tests.Input;

/// <summary>Spans of time, as people write them.</summary>
public sealed class DurationTests : ModuleTest
{
    private const string Works = " Write 4h, 90s, 1h30m or 04:00:00.";

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromMinutes(5), PurgeTime = TimeSpan.FromMinutes(5),
    };

    [Theory]
    [InlineData("2h")]
    [InlineData("1d")]
    [InlineData("91m")]
    [InlineData("5460s")]
    [InlineData("1h31m")]
    [InlineData("1H31M")]
    [InlineData("'1h 31m'")]
    [InlineData("' 1 h 31 m '")]
    [InlineData("1d2h")]
    [InlineData("PT1H31M")]
    [InlineData("P1D")]
    [InlineData("01:31:00")]
    [InlineData("1.00:00:00")]
    [InlineData("([timespan]::FromMinutes(91))")]
    public void A_span_of_time_is_read_in_each_of_its_forms(string longer)
    {
        GivenOneAndAHalfHoursLeft();

        Assert.Equal(["contoso"], Names(Shell.Run(
            $"Get-DeletedCognitiveAccount -ExpiringWithin {longer}").ThrowIfFailed()));
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("89m")]
    [InlineData("5300s")]
    [InlineData("'1h 28m 59s'")]
    [InlineData("PT1H")]
    [InlineData("01:29:00")]
    public void A_span_of_time_is_no_longer_than_it_says(string shorter)
    {
        GivenOneAndAHalfHoursLeft();

        Assert.Empty(Shell.Run($"Get-DeletedCognitiveAccount -ExpiringWithin {shorter}").ThrowIfFailed().Output);
    }

    [Theory]
    [InlineData("5", "'5' isn't a time span.")]
    [InlineData("'30'", "'30' isn't a time span.")]
    [InlineData("1.5", "'1.5' isn't a time span.")]
    [InlineData("soon", "'soon' isn't a time span.")]
    [InlineData("4x", "'4x' isn't a time span.")]
    [InlineData("'1 2h'", "'1 2h' isn't a time span.")]
    [InlineData("30m1h", "'30m1h' isn't a time span.")]
    [InlineData("''", "'' isn't a time span.")]
    [InlineData("-4h", "'-4h' isn't a time span.")]
    [InlineData("-04:00:00", "'-04:00:00' is less than a second.")]
    [InlineData("0s", "'0s' is less than a second.")]
    [InlineData("([timespan]::Zero)", "'00:00:00' is less than a second.")]
    [InlineData("24:00:00", "'24:00:00' isn't a time span.")]
    [InlineData("25d", "'25d' is more than 24 days, which is too long.")]
    [InlineData("99999999999h", "'99999999999h' isn't a time span.")]
    [InlineData("@{ Hours = 4 }", "'System.Collections.Hashtable' isn't a time span.")]
    public void What_is_no_span_of_time_is_refused_with_those_that_work(string given, string reason)
    {
        foreach (string command in new[]
        {
            "Get-DeletedCognitiveAccount -ExpiringWithin", "Restore-CognitiveAccount contoso -Timeout",
            "Remove-DeletedCognitiveAccount contoso -Force -Timeout",
        })
        {
            ErrorRecord error = Assert.Single(Shell.Run($"{command} {given}").Errors);

            Assert.StartsWith(
                "ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith(reason + Works, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount contoso")]
    [InlineData("Remove-DeletedCognitiveAccount contoso -Force")]
    public void A_timeout_in_seconds_ends_the_wait(string command)
    {
        GivenDeleted("contoso");

        ErrorRecord error = Assert.Single(Shell.Run($"{command} -Timeout 3s").Errors);

        Assert.StartsWith("OperationTimedOut,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private void GivenOneAndAHalfHoursLeft() => Arm.State.AddDeletedAccount(
        "contoso", "rg-ai", deletionDate: DateTimeOffset.UtcNow - TimeSpan.FromHours(46.5));
}
