using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Whoever runs a command over several accounts reads at its end what it came to.</summary>
public sealed class SummaryTests : ModuleTest
{
    private const string ShowsDeleted = " Get-DeletedCognitiveAccount shows what is still deleted.";

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(0.1), PurgeTime = TimeSpan.FromSeconds(0.1),
    };

    [Fact]
    public void The_end_says_what_is_restored_and_what_failed_and_shows_the_next_command()
    {
        GivenDeleted("contoso-one", "contoso-two");
        GivenDeletedWithoutGroup("contoso-lost");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount");

        InformationRecord said = Summary(result);
        Assert.Matches(
            @"^Restoring accounts: 2 of 3 restored, 1 failed in \d+ s\." + ShowsDeleted + "$", $"{said.MessageData}");
        Assert.Contains($"{said.MessageData}", OnScreen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_command_shows_the_subscriptions_that_the_accounts_are_in()
    {
        const string other = "5e0f4c1a-8d2b-4f7e-9a36-1b2c3d4e5f60";
        Arm.State.AddSubscription(other, "Other");
        Arm.State.AddDeletedAccount("contoso-one", "rg-1", subscriptionId: other);
        GivenDeletedWithoutGroup("contoso-lost");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions | Restore-CognitiveAccount");

        Assert.EndsWith(
            " Get-DeletedCognitiveAccount -AllSubscriptions shows what is still deleted.",
            $"{Summary(result).MessageData}", StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_is_done_no_command_is_recommended()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force");

        Assert.Matches(@"^Purging accounts: 2 of 2 purged in \d+ s\.$", $"{Summary(result.ThrowIfFailed()).MessageData}");
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void One_account_needs_no_summary_and_WhatIf_has_none()
    {
        GivenDeleted("contoso-one", "contoso-two", "contoso-three");

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount contoso-one
            Get-DeletedCognitiveAccount | Restore-CognitiveAccount -WhatIf
            'contoso-two', 'contoso-three' | Remove-DeletedCognitiveAccount -WhatIf
            """).ThrowIfFailed();

        Assert.DoesNotContain(result.Information, IsSummary);
        Assert.DoesNotContain(" of ", OnScreen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_catches_it_or_has_none()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4", "contoso-5", "contoso-6");

        ShellResult result = Shell.Run("""
            $caught = Restore-CognitiveAccount contoso-1, contoso-2 6>&1
            $null = Restore-CognitiveAccount contoso-3, contoso-4 -InformationVariable kept 6>&1
            $null = Restore-CognitiveAccount contoso-5, contoso-6 -InformationAction Ignore
            $caught | Where-Object { $_.Tags -contains 'CogRecoverSummary' } | ForEach-Object { "$_" }
            $kept | Where-Object { $_.Tags -contains 'CogRecoverSummary' } | ForEach-Object { "$_" }
            """).ThrowIfFailed();

        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, said => Assert.StartsWith(
            "Restoring accounts: 2 of 2 restored", $"{said}", StringComparison.Ordinal));
        Assert.Empty(result.Information);
        Assert.Equal("", OnScreen);
    }

    [Fact]
    public void What_the_user_said_no_to_wasnt_begun()
    {
        GivenDeleted("contoso-one", "contoso-two", "contoso-three");
        Shell.Ui.Answer = (question, labels) => labels.ToList().IndexOf(
            question.Contains("contoso-two", StringComparison.Ordinal) ? "Yes" : "No");

        ShellResult result = Shell.Run(
            "'contoso-one', 'contoso-two', 'contoso-three' | Remove-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.Matches(
            @"^Purging accounts: 1 of 3 purged, 2 not started in \d+ s\." + ShowsDeleted + "$",
            $"{Summary(result).MessageData}");
    }

    [Fact]
    public void What_lived_or_was_gone_already_isnt_claimed()
    {
        GivenDeleted("contoso-one", "contoso-two", "contoso-three");
        Shell.Run("Restore-CognitiveAccount contoso-one").ThrowIfFailed();

        ShellResult restored = Shell.Run("'contoso-one', 'contoso-two' | Restore-CognitiveAccount").ThrowIfFailed();
        ShellResult purged = Shell.Run("""
            'contoso-three', 'contoso-none' |
                Remove-DeletedCognitiveAccount -ResourceGroupName rg-ai -Location westus2 -Force
            """).ThrowIfFailed();

        Assert.Matches(
            @"^Restoring accounts: 1 of 2 restored, 1 with nothing to do in \d+ s\.$",
            $"{Summary(restored).MessageData}");
        Assert.Matches(
            @"^Purging accounts: 1 of 2 purged, 1 with nothing to do in \d+ s\.$", $"{Summary(purged).MessageData}");
    }

    [Fact]
    public void An_account_that_is_named_twice_counts_once()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run(
            $"'contoso-one', 'contoso-two', '{DeletedId("contoso-one")}' | Restore-CognitiveAccount").ThrowIfFailed();

        Assert.StartsWith(
            "Restoring accounts: 2 of 2 restored in", $"{Summary(result).MessageData}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_Azure_has_accepted_when_the_time_is_over_is_under_way()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" });

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -Timeout 00:00:02");

        Assert.Equal(2, result.Errors.Count);
        Assert.Matches(
            @"^Restoring accounts: 0 of 2 restored, 2 under way in \d+ s\. Run the same command again to wait for the "
            + @"accounts under way\.$", $"{Summary(result).MessageData}");
    }

    [Fact]
    public void An_outcome_that_isnt_known_is_none()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "PUT", After = true },
            new Fault { Kind = FaultKind.Status, Method = "GET", Path = "/accounts/contoso-" });

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck -Timeout 00:00:03");

        Assert.Equal(2, result.Errors.Count);
        Assert.Matches(
            @"^Restoring accounts: 0 of 2 restored, 2 not known in \d+ s\. Get-DeletedCognitiveAccount shows what is still "
            + @"deleted\. Get-AzCognitiveServicesAccount shows what is live\.$",
            $"{Summary(result).MessageData}");
    }

    [Fact]
    public void What_nobody_waited_for_is_under_way()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" });

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -NoWait").ThrowIfFailed();

        Assert.Matches(
            @"^Restoring accounts: 0 of 2 restored, 2 under way in \d+ s\. Pipe the accounts under way into "
            + "Restore-CognitiveAccount again to wait for them.$",
            $"{Summary(result).MessageData}");
    }

    [Fact]
    public void A_job_has_it_in_its_information_and_a_stopped_one_has_none()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4");

        ShellResult result = Shell.Run("""
            $job = Restore-CognitiveAccount contoso-1, contoso-2 -AsJob
            $null = Wait-Job $job
            $job.Information | ForEach-Object { "$_" }
            """).ThrowIfFailed();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 400, Code = "Odd", Method = "DELETE" });
        ShellResult stopped = Shell.Run("""
            $job = Remove-DeletedCognitiveAccount contoso-3, contoso-4 -Force -AsJob -ThrottleLimit 1 -ErrorAction Stop
            $null = Wait-Job $job
            $job.Information
            """).ThrowIfFailed();

        Assert.StartsWith("Restoring accounts: 2 of 2 restored in", $"{Assert.Single(result.Output)}",
            StringComparison.Ordinal);
        Assert.Empty(stopped.Output);
    }

    private string OnScreen => System.Text.RegularExpressions.Regex.Replace($"{Screen}", @"\s*\n", " ").TrimEnd();

    private static bool IsSummary(InformationRecord record) => record.Tags.Contains("CogRecoverSummary");

    private static InformationRecord Summary(ShellResult result) => Assert.Single(result.Information, IsSummary);
}
