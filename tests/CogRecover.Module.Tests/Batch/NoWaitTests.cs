using System.Collections.Concurrent;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

public sealed class NoWaitTests : ModuleTest
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly SkewedClock clock = new();

    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = Long, PurgeTime = Long, Clock = clock };

    [Fact]
    public void A_restore_that_isnt_waited_for_is_waited_for_by_the_next_and_sent_once()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult begun = Shell.Run("($begun = Get-DeletedCognitiveAccount | Restore-CognitiveAccount -NoWait)")
            .ThrowIfFailed();
        Assert.Equal(["Creating", "Creating"], States(begun));
        EndWhatIsAskedForAgain();
        ShellResult ended = Shell.Run("$begun | Restore-CognitiveAccount").ThrowIfFailed();

        Assert.Equal(["Succeeded", "Succeeded"], States(ended));
        Assert.Equal(["contoso-one", "contoso-two"], Names(ended));
        Assert.Empty(ended.Warnings);
        Assert.Equal(2, Writes.Count());
    }

    [Fact]
    public void A_command_that_doesnt_wait_has_ended_and_wasnt_stopped()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult begun = Shell.Run("""
            $null = Remove-DeletedCognitiveAccount contoso-one -Force -NoWait -WarningVariable warned
            $null = Restore-CognitiveAccount contoso-two -NoWait -WarningVariable +warned
            $warned
            """).ThrowIfFailed();

        Assert.Empty(begun.Output);
        Assert.Empty(Screen.ToString());
    }

    [Fact]
    public void A_purge_that_isnt_waited_for_is_waited_for_by_the_next_without_a_question_and_sent_once()
    {
        GivenDeleted("contoso-one");

        ShellResult begun = Shell.Run(
            "($begun = Remove-DeletedCognitiveAccount contoso-one -Force -NoWait)").ThrowIfFailed();
        Assert.Equal(["Deleting"], States(begun));
        Assert.True(Arm.State.HasDeletedAccount("contoso-one", "rg-ai"));
        EndWhatIsAskedForAgain();
        ShellResult ended = Shell.Run("$begun | Remove-DeletedCognitiveAccount -PassThru").ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(ended));
        Assert.False(Arm.State.HasDeletedAccount("contoso-one", "rg-ai"));
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("failed")]
    [InlineData("Cancelled")]
    public void A_purge_that_fails_while_nobody_waits_is_an_error_of_the_next(string state)
    {
        GivenDeleted("contoso-one");
        Shell.Run("$begun = Remove-DeletedCognitiveAccount contoso-one -Force -NoWait").ThrowIfFailed();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = state, Path = "/operationResults/" });

        ShellResult ended = Shell.Run("$begun | Remove-DeletedCognitiveAccount");

        Assert.Equal($"PurgeFailed,{RemoveClass}", Assert.Single(ended.Errors).FullyQualifiedErrorId);
        Assert.Single(Writes);
    }

    [Fact]
    public void A_restore_whose_answer_is_lost_isnt_waited_for_either()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, Method = "PUT", After = true });

        ShellResult begun = Shell.Run("Restore-CognitiveAccount contoso-one -NoWait").ThrowIfFailed();

        Assert.Equal(["Creating"], States(begun));
        Assert.Single(Writes);
    }

    [Fact]
    public void What_is_too_slow_for_the_timeout_says_so()
    {
        GivenDeleted("contoso-one");
        Shell.Run("$begun = Restore-CognitiveAccount contoso-one -NoWait").ThrowIfFailed();
        GivenState("Creating");

        ShellResult ended = Shell.Run("$begun | Restore-CognitiveAccount -Timeout 00:00:03");

        ErrorRecord error = Assert.Single(ended.Errors);
        Assert.Equal($"OperationTimedOut,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Equal("Account 'contoso-one' in resource group 'rg-ai' wasn't restored within 00:00:03. The service has "
            + "accepted it, and it goes on there (state: Creating).", $"{error}");
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount contoso-one", "Creating", "Restore-CognitiveAccount -SubscriptionId")]
    [InlineData("Remove-DeletedCognitiveAccount contoso-one -Force", "Deleting",
        "Remove-DeletedCognitiveAccount -ResourceId")]
    public void What_takes_longer_than_the_timeout_is_waited_for_by_the_line_that_the_error_recommends(
        string command, string state, string line)
    {
        GivenDeleted("contoso-one");

        ErrorRecord error = Assert.Single(Shell.Run($"{command} -Timeout 00:00:03").Errors);
        Assert.StartsWith("OperationTimedOut,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"it goes on there (state: {state})", $"{error}", StringComparison.Ordinal);
        Match again = Regex.Match(error.ErrorDetails.RecommendedAction, "^Run (.*) again to wait for it");
        Assert.StartsWith(line, again.Groups[1].Value, StringComparison.Ordinal);
        EndWhatIsAskedForAgain();
        ShellResult ended = Shell.Run(again.Groups[1].Value).ThrowIfFailed();

        Assert.Empty(ended.Warnings);
        Assert.Single(Writes);
        Assert.False(Arm.State.HasDeletedAccount("contoso-one", "rg-ai"));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("failed")]
    [InlineData("Cancelled")]
    public void A_restore_that_fails_while_nobody_waits_is_an_error_of_the_next(string state)
    {
        GivenDeleted("contoso-one");
        Shell.Run("$begun = Restore-CognitiveAccount contoso-one -NoWait").ThrowIfFailed();
        GivenState(state);

        ShellResult ended = Shell.Run("$begun | Restore-CognitiveAccount");

        Assert.Equal($"RestoreFailed,{RestoreClass}", Assert.Single(ended.Errors).FullyQualifiedErrorId);
        Assert.Empty(ended.Output);
        Assert.Empty(ended.Warnings);
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount contoso-one -NoWait", "Restore-CognitiveAccount -WhatIf", "restored")]
    [InlineData("Restore-CognitiveAccount contoso-one -NoWait", "Restore-CognitiveAccount -WhatIf -AsJob", "restored")]
    [InlineData("Remove-DeletedCognitiveAccount contoso-one -NoWait -Force",
        "Remove-DeletedCognitiveAccount -WhatIf -PassThru", "purged")]
    [InlineData("Remove-DeletedCognitiveAccount contoso-one -NoWait -Force",
        "Remove-DeletedCognitiveAccount -WhatIf -Force -AsJob", "purged")]
    public void WhatIf_waits_for_nothing(string begin, string again, string what)
    {
        GivenDeleted("contoso-one");
        Shell.Run("$begun = " + begin).ThrowIfFailed();
        if (what == "restored") GivenState("Creating");

        ShellResult result = Shell.Run("$begun | " + again).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains($"What if: Wait for account 'contoso-one', which was being {what} when it was last seen",
            string.Join(' ', Screen.ToString().Split('\n', StringSplitOptions.TrimEntries)), StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public void A_row_whose_restore_is_under_way_is_waited_for()
    {
        GivenDeleted("contoso-one");
        EndWhatIsAskedForAgain();

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $row = [pscustomobject] @{ Id = $account.ResourceId; DeletionDate = $account.DeletionDate.ToString('o') }
            $null = $row | Restore-CognitiveAccount -NoWait
            $row | Restore-CognitiveAccount
            """).ThrowIfFailed();

        Assert.Equal(["Succeeded"], States(result));
        Assert.Single(Writes);
    }

    [Fact]
    public void What_was_begun_is_waited_for_in_a_job()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Shell.Run("$begun = Get-DeletedCognitiveAccount | Restore-CognitiveAccount -NoWait").ThrowIfFailed();
        GivenState("Creating");

        Assert.Equal("Running", Assert.Single(
            Shell.Run("$job = $begun | Restore-CognitiveAccount -AsJob -Verbose; $job.State").ThrowIfFailed().Output)
            .ToString());
        Arm.Faults.Set();
        EndWhatIsAskedForAgain();
        ShellResult received = Shell.Run("$null = Wait-Job $job; Receive-Job $job -Verbose").ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(received));
        Assert.Equal(["Succeeded", "Succeeded"], States(received));
        Assert.Contains(
            received.Information,
            said => $"{said}".StartsWith("Restoring accounts: 2 of 2 restored", StringComparison.Ordinal));
        Assert.Equal(2, Writes.Count());
    }

    // Whoever waits asks twice: no operation is over before each restore was seen under way.
    private void EndWhatIsAskedForAgain()
    {
        var asked = new ConcurrentDictionary<string, bool>();
        Arm.Intercept = context =>
        {
            string path = context.Request.Path.Value!;
            if (context.Request.Method == "GET" && Writes.Any() && !asked.TryAdd(path, true)
                && Writes.All(write => write.Method != "PUT" || asked.ContainsKey(write.Path)))
                clock.Pass(Long);
            return Task.FromResult(false);
        };
    }

    private void GivenState(string state) => Arm.Faults.Set(new Fault
    {
        Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/contoso-[a-z]+$",
        Edits = new() { ["/properties/provisioningState"] = state },
    });

    private static string[] States(ShellResult result) =>
        [.. result.Output.Select(account => (string)account.Properties["ProvisioningState"].Value)];
}
