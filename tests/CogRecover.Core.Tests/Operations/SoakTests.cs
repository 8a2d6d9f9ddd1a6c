using CogRecover.Soak;

namespace CogRecover.Core.Tests.Operations;

/// <summary>The short form; <c>dotnet run -c Release --project tests/CogRecover.Soak</c> is the long one.</summary>
public sealed class SoakTests
{
    [Fact]
    public async Task Every_outcome_that_is_reported_at_a_service_that_fails_is_the_real_one()
    {
        SoakReport report = await SoakRun.RunAsync(
            seed: Environment.TickCount, TimeSpan.Zero, progress: null, TestContext.Current.CancellationToken);

        Assert.True(report.Mismatches.Count == 0, report.ToString());
        Assert.InRange(report.Operations.Values.Sum(), 300, 400);
        Assert.InRange(report.Faults.Values.Sum(), 50, 1000);
    }
}
