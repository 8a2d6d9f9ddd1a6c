using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>The bar promises no time that nothing tells, and shows what takes longest.</summary>
public sealed class ProgressTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(0.1) };

    [Fact]
    public void No_time_is_estimated_from_failures()
    {
        GivenDeletedWithoutGroup("contoso-lost", "contoso-stray");
        GivenDeleted("contoso-1", "contoso-2");
        KeepRunningUntil("0 of 4 done, 2 running, 2 failed", polls: 2);

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -Timeout 00:01:00");

        Assert.All(
            Records().Where(record => record.StatusDescription.StartsWith("0 of ", StringComparison.Ordinal)),
            record => Assert.Equal(-1, record.SecondsRemaining));
    }

    [Fact]
    public void The_time_that_is_left_is_estimated_from_what_was_restored()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4");
        KeepRunningUntil("2 of 4 done, 2 running", polls: 2, free: 2);

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -ThrottleLimit 2 -Timeout 00:01:00")
            .ThrowIfFailed();

        // Nothing took longer than a few seconds: by the number of failures it was minutes.
        ProgressRecord[] told = [.. Records().Where(record => record.SecondsRemaining >= 0)];
        Assert.NotEmpty(told);
        Assert.All(told, record => Assert.InRange(record.SecondsRemaining, 1, 30));
    }

    [Fact]
    public void The_bar_shows_the_one_that_runs_longest_and_how_long()
    {
        GivenDeleted([.. Enumerable.Range(1, 12).Select(number => $"contoso-openai-production-{number:00}")]);
        KeepRunningUntil("0 of 12 done, 12 running: ", polls: 12);

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -Timeout 00:01:00").ThrowIfFailed();

        Assert.Contains(Records(), record =>
            System.Text.RegularExpressions.Regex.IsMatch(
                record.StatusDescription, @"^0 of 12 done, 12 running: contoso-openai-production-\d\d \(\d+ s\)$")
            && System.Text.RegularExpressions.Regex.IsMatch(
                record.CurrentOperation,
                @"^contoso-openai-production-\d\d \(\d+ s\), contoso-openai-production-\d\d, …$"));
        Assert.All(Records(), record => Assert.InRange(record.CurrentOperation?.Length ?? 0, 0, 76));
    }

    [Fact]
    public void What_nobody_waits_for_counts_as_ended_for_the_bar()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        Arm.Intercept = async context =>
        {
            // The last is sent once the bar has shown the others.
            bool isLast = context.Request.Method == "PUT"
                && context.Request.Path.Value!.EndsWith("-3", StringComparison.Ordinal);
            while (isLast && !HasShown("0 of 3 done, 1 running, 2 under way"))
                await Task.Delay(20, context.RequestAborted);
            return false;
        };

        Shell.Run("'contoso-1', 'contoso-2', 'contoso-3' | Restore-CognitiveAccount -NoWait -ThrottleLimit 1 "
            + "-Timeout 00:01:00").ThrowIfFailed();

        Assert.Contains(Records(), record => record is { PercentComplete: 66 });
    }

    // Operations go on until the bar has shown that; so many that come first end at once.
    private void KeepRunningUntil(string status, int polls, int free = 0)
    {
        List<string> operations = [];
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            int number;
            lock (operations)
            {
                if (!operations.Contains(context.Request.Path)) operations.Add(context.Request.Path);
                number = operations.IndexOf(context.Request.Path);
            }

            if (number < free || (HasShown(status) && operations.Count >= polls)) return false;
            await context.Response.WriteAsync("""{"status":"Creating"}""");
            return true;
        };
    }

    private ProgressRecord[] Records()
    {
        lock (Shell.Ui.Progress)
            return [.. Shell.Ui.Progress.Where(record => record.RecordType != ProgressRecordType.Completed)];
    }
}
