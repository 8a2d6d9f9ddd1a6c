using System.Diagnostics;
using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

public sealed class JobTests : ModuleTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(1.5), PurgeTime = TimeSpan.FromSeconds(1.5),
    };

    [Fact]
    public void A_job_over_ten_accounts_of_which_two_fail_has_each_outcome_at_its_child()
    {
        GivenDeleted([.. Enumerable.Range(1, 8).Select(number => $"contoso-{number}")]);
        GivenDeletedWithoutGroup("contoso-lost", "contoso-stray");

        ShellResult begun = Shell.Run("""
            $job = Get-DeletedCognitiveAccount | Restore-CognitiveAccount -AsJob
            $job.State; $job.Name; $job.PSJobTypeName; (Get-Job).Count
            """).ThrowIfFailed();
        Assert.Equal(["Running", "Restore-CognitiveAccount", "CogRecoverJob", "1"], Texts(begun));
        ShellResult children = Shell.Run("""
            $null = Wait-Job $job
            $job.State
            foreach ($child in $job.ChildJobs) {
                "$($child.Name) $($child.State) $($child.Output.Name)$($child.Error.FullyQualifiedErrorId)"
            }
            """).ThrowIfFailed();
        ShellResult received = Shell.Run("Receive-Job $job");

        string failure = $"ResourceGroupNotFound,{RestoreClass}";
        Assert.Equal(
            [
                "Failed",
                .. Enumerable.Range(1, 8).Select(number => $"contoso-{number} Completed contoso-{number}"),
                $"contoso-lost Failed {failure}", $"contoso-stray Failed {failure}",
            ],
            Texts(children).Order(StringComparer.Ordinal));
        Assert.Equal(8, received.Output.Count);
        Assert.Equal([failure, failure], received.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.All(received.Errors, error =>
        {
            Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
            Assert.Contains("-CreateResourceGroup", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.Empty(Shell.Run("Receive-Job $job; $job.HasMoreData | Where-Object { $_ }").Output);
    }

    [Fact]
    public void Jobs_of_accounts_of_one_name_are_told_apart_by_where_those_are()
    {
        const string other = "5e0f4c1a-8d2b-4f7e-9a36-1b2c3d4e5f60";
        Arm.State.AddSubscription(other, "Other");
        Arm.State.AddDeletedAccount("same", "rg-1");
        Arm.State.AddDeletedAccount("same", "rg-2");
        Arm.State.AddDeletedAccount("same", "rg-2", subscriptionId: other);
        Arm.State.AddDeletedAccount("contoso-one", "rg-1");

        ShellResult result = Shell.Run($$"""
            $job = Get-DeletedCognitiveAccount -SubscriptionId {{Subscription}}, {{other}} |
                Remove-DeletedCognitiveAccount -Force -AsJob
            $null = Wait-Job $job
            $job.ChildJobs.Name | ForEach-Object { $_ }
            """).ThrowIfFailed();

        string[] names =
        [
            "contoso-one", "same (rg-1, eastus)", $"same (rg-2, eastus, {Subscription})",
            $"same (rg-2, eastus, {other})",
        ];
        Assert.Equal(names.Order(StringComparer.Ordinal), Texts(result).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_jobs_shows_the_names_of_accounts_in_a_window_of_80()
    {
        GivenDeleted("contoso-openai-production", "contoso-speech-production");
        Shell.Run("$null = Wait-Job (Get-DeletedCognitiveAccount | Restore-CognitiveAccount -AsJob)").ThrowIfFailed();

        Shell.Show("Get-Job -IncludeChildJob");

        string[] lines = [.. Screen.ToString().Split(Environment.NewLine).Where(line => line.Length > 0)];
        Assert.All(lines, line => Assert.True(line.Length < 80, line));
        Assert.Matches("^Id +Name +State +HasMoreData +Status", lines[0]);
        Assert.Contains(lines, line => line.Contains(" contoso-openai-production ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" contoso-speech-production ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_of_an_account_that_was_given_by_its_id_has_its_name()
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run($$"""
            $job = Restore-CognitiveAccount -AsJob -ResourceId @(
                '{{DeletedId("contoso-one")}}', '{{DeletedId("contoso-none")}}')
            $null = Wait-Job $job
            $job.ChildJobs.Name | ForEach-Object { $_ }
            """);

        Assert.Equal(["contoso-none", "contoso-one"], Texts(result).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_job_without_a_failure_ends_completed_and_says_how_it_went()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult ended = Shell.Run("""
            $job = Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -AsJob -PassThru
            $null = Wait-Job $job
            $job.State; $job.HasMoreData
            @($job.Progress)[-1].Activity
            @($job.ChildJobs.Verbose)[0].Message
            """).ThrowIfFailed();
        ShellResult received = Shell.Run("Receive-Job $job -Verbose").ThrowIfFailed();

        string[] texts = Texts(ended);
        Assert.Equal(["Completed", "True", "Purging accounts"], texts.Take(3));
        Assert.Contains("can't be restored any more", texts[3], StringComparison.Ordinal);
        Assert.Equal(["contoso-one", "contoso-two"], Names(received));
        Assert.Equal(2, Writes.Count());
    }

    [Fact]
    public async Task Stopping_a_job_sends_no_further_write_and_says_what_goes_on()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4", "contoso-5");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" });
        Shell.Run("$job = Get-DeletedCognitiveAccount | Restore-CognitiveAccount -AsJob -ThrottleLimit 2")
            .ThrowIfFailed();
        await WaitForPollsAsync(2);
        var since = Stopwatch.StartNew();

        Shell.Run("Stop-Job $job").ThrowIfFailed();

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"It took {since.Elapsed}.");
        await AssertNoMoreRequestsAsync();
        Assert.Equal(2, Writes.Count());
        ShellResult stopped = Shell.Run(
            "$job.State; $job.ChildJobs.State | ForEach-Object { $_ }; Receive-Job $job").ThrowIfFailed();
        Assert.Equal(Enumerable.Repeat("Stopped", 6), Texts(stopped));
        string said = Assert.Single(stopped.Warnings);
        Assert.Contains(": 0 restored, 2 under way, 3 not started. ", said, StringComparison.Ordinal);
        Assert.All(Writes, write =>
            Assert.Contains($"'{write.Path.Split('/')[^1]}'", said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_whose_errors_are_received_while_it_runs_fails_all_the_same()
    {
        GivenDeleted("contoso-1", "contoso-2");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Failed", Path = "/operationResults/" });

        ShellResult result = Shell.Run("""
            $job = Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -AsJob
            Receive-Job $job -Wait
            $job.State; $job.ChildJobs.State | ForEach-Object { $_ }
            $job.ChildJobs.StatusMessage | ForEach-Object { $_ }
            """);

        Assert.Equal(2, result.Errors.Count);
        Assert.Equal(Enumerable.Repeat("Failed", 5), Texts(result));
    }

    [Fact]
    public void A_job_has_the_methods_of_any_job_and_no_others()
    {
        GivenDeleted("contoso-1");

        object job = Shell.Run("Restore-CognitiveAccount contoso-1 -NoWait -AsJob").ThrowIfFailed().Output[0].BaseObject;

        Assert.Subset(
            typeof(Job).GetMethods().Select(method => method.Name).ToHashSet(),
            job.GetType().GetMethods().Select(method => method.Name).ToHashSet());
    }

    [Fact]
    public void A_job_begins_its_accounts_in_the_order_of_the_input()
    {
        string[] names = [.. Enumerable.Range(1, 12).Select(number => $"contoso-{number * 5 % 13:00}")];
        GivenDeleted(names);

        Shell.Run($"""
            $job = '{string.Join("', '", names)}' |
                Remove-DeletedCognitiveAccount -Force -NoWait -AsJob -ThrottleLimit 1
            $null = Wait-Job $job
            $job.State
            """).ThrowIfFailed();

        Assert.Equal(names, Writes.Select(write => write.Path.Split('/')[^1]));
    }

    [Fact]
    public void With_ErrorAction_Stop_the_first_error_ends_the_job()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Failed", Path = "/operationResults/" });

        ShellResult result = Shell.Run("""
            $job = Get-DeletedCognitiveAccount |
                Remove-DeletedCognitiveAccount -Force -AsJob -ThrottleLimit 1 -ErrorAction Stop
            $null = Wait-Job $job
            $job.State; $job.ChildJobs.State | ForEach-Object { $_ }
            """).ThrowIfFailed();

        Assert.Equal("Failed", Texts(result)[0]);
        Assert.Equal(["Failed", "Stopped", "Stopped"], Texts(result).Skip(1).Order(StringComparer.Ordinal));
        Assert.Single(Writes);
    }

    [Fact]
    public void With_ErrorAction_Stop_an_error_before_the_job_begins_ends_the_command()
    {
        GivenDeleted("contoso-1");

        ShellResult result = Shell.Run(
            "'nothing', 'contoso-1' | Restore-CognitiveAccount -AsJob -ErrorAction Stop; 'not reached'");

        Assert.IsType<ActionPreferenceStopException>(result.TerminatedBy);
        Assert.Empty(result.Output);
        Assert.Empty(Shell.Run("Get-Job").Output);
    }

    [Fact]
    public void Each_child_says_how_it_goes()
    {
        GivenDeleted("contoso-1");

        ShellResult result = Shell.Run("""
            $job = Restore-CognitiveAccount contoso-1 -AsJob
            $null = Wait-Job $job
            $job.ChildJobs[0].Progress | ForEach-Object { $_.StatusDescription }
            $job.ChildJobs[0].StatusMessage
            """).ThrowIfFailed();

        Assert.Equal(["Looking", "Running", "Completed", "Completed"], Texts(result));
    }

    [Fact]
    public void What_isnt_wanted_is_no_job()
    {
        GivenDeleted("contoso-one");
        Shell.Ui.Answer = (_, labels) => labels.ToList().IndexOf("No");

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount contoso-one -AsJob -WhatIf
            Remove-DeletedCognitiveAccount contoso-one -AsJob
            Remove-DeletedCognitiveAccount contoso-gone -ResourceGroupName rg-ai -Location westus2 -AsJob -WhatIf
            Get-Job
            """).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Empty(Writes);
        Assert.Contains("What if: Restore account 'contoso-one'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_is_asked_before_the_job_begins()
    {
        GivenDeleted("contoso-one", "contoso-two");
        List<string> asked = [];
        Shell.Ui.Answer = (question, labels) =>
        {
            asked.Add(question);
            return labels.ToList().IndexOf(asked.Count == 1 ? "Yes" : "No");
        };

        ShellResult result = Shell.Run("""
            $job = 'contoso-one', 'contoso-two' | Remove-DeletedCognitiveAccount -AsJob
            $null = Wait-Job $job
            $job.State; $job.ChildJobs.Name
            """).ThrowIfFailed();

        Assert.Equal(2, asked.Count);
        Assert.Equal(["Completed", "contoso-one"], Texts(result));
        Assert.Single(Writes);
    }

    [Fact]
    public async Task A_runspace_that_closes_ends_its_jobs()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" });
        Shell.Run("$job = Restore-CognitiveAccount contoso-one -AsJob").ThrowIfFailed();
        await WaitForPollsAsync(1);

        Shell.Dispose();

        await AssertNoMoreRequestsAsync();
    }

    [Fact]
    public async Task A_job_whose_runspace_has_ended_is_stopped_and_says_what_goes_on()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" });
        var job = (Job)Shell.Run("Restore-CognitiveAccount contoso-one -AsJob").ThrowIfFailed().Output[0].BaseObject;
        await WaitForPollsAsync(1);

        Shell.Dispose();

        while (!job.Finished.WaitOne(0)) await Task.Delay(20, Cancellation);
        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.Equal(JobState.Stopped, job.ChildJobs[0].JobStateInfo.State);
        Assert.Contains("goes on with: 'contoso-one'", Assert.Single(job.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_ends_with_its_runspace_before_anything_was_sent_says_so()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Silence, Method = "GET", Path = "/deletedAccounts/contoso-one$" });
        var job = (Job)Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $account | Remove-DeletedCognitiveAccount -Force -AsJob
            """).ThrowIfFailed().Output[0].BaseObject;
        while (Arm.Faults.Strikes is not [1]) await Task.Delay(20, Cancellation);

        Shell.Dispose();

        while (!job.Finished.WaitOne(0)) await Task.Delay(20, Cancellation);
        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.Contains("was stopped: 0 purged, 0 under way, 1 not started", Assert.Single(job.Warning).Message,
            StringComparison.Ordinal);
    }

    private static string[] Texts(ShellResult result) => [.. result.Output.Select(text => text.ToString())];
}
