using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>What a stopped command says goes on is a warning like any other, as far as a stopped pipeline takes it.
/// </summary>
public sealed class StopWarningTests : ModuleTest
{
    private const string GoesOn = "goes on with: 'contoso-2'";

    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData("-ErrorAction Stop", "")]
    [InlineData("", "| Select-First")]
    [InlineData("", "| & { process { throw 'enough' } }")]
    public void What_ends_a_command_from_within_leaves_a_warning_that_can_be_redirected(string how, string downstream)
    {
        GivenOneEndsWhileAnotherRuns(fails: how != "");

        ShellResult result = Shell.Run($$"""
            $said = & { try { Restore-CognitiveAccount contoso-1, contoso-2 -SkipPrerequisiteCheck {{how}} {{downstream}} }
                catch { } } 3>&1
            $said | ForEach-Object { if ($_ -is [System.Management.Automation.WarningRecord]) { $_.Message } }
            """);

        Assert.Contains(GoesOn, Assert.Single(result.Output).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("was stopped", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_output_has_ended_a_merged_warning_is_shown_on_the_host()
    {
        GivenOneEndsWhileAnotherRuns();

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount contoso-1, contoso-2 -SkipPrerequisiteCheck -WarningVariable kept 3>&1 | Select-First
            """);

        Assert.Equal(["contoso-1"], Names(result));
        Assert.Equal(1, Regex.Count(Unwrapped, "was stopped"));
        Assert.Contains(GoesOn, Unwrapped, StringComparison.Ordinal);
        Assert.Contains(GoesOn, Assert.Single(Shell.Run("$kept").Output).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Continue", 1, 1)]
    [InlineData("SilentlyContinue", 0, 1)]
    [InlineData("Ignore", 0, 0)]
    public async Task After_a_stop_the_warning_is_where_the_user_wants_it(string action, int shown, int kept)
    {
        PSDataCollection<WarningRecord> warnings = await StopAsync(
            $"Restore-CognitiveAccount contoso-2 -WarningAction {action} -WarningVariable kept");

        // Who hosts PowerShell, as a runbook does, has it in the stream of warnings.
        Assert.Equal(shown, warnings.Count(warning => warning.Message.Contains(GoesOn, StringComparison.Ordinal)));
        Assert.Equal(shown, Regex.Count(Unwrapped, GoesOn));
        Assert.Equal(kept, Shell.Run("$kept").Output.Count);
    }

    [Fact]
    public async Task After_a_stop_who_hosts_PowerShell_without_a_screen_has_the_warning()
    {
        GivenDeleted("contoso-2");
        using var pipeline = PowerShell.Create(InitialSessionState.CreateDefault2());
        pipeline.AddScript($$"""
            Import-Module '{{ModuleShell.Manifest}}'
            $null = Add-AzEnvironment -Name Hosted -ResourceManagerEndpoint '{{Arm.Endpoint}}' -Scope Process `
                -ActiveDirectoryEndpoint '{{Arm.Endpoint}}' -ActiveDirectoryServiceEndpointResourceId '{{Arm.Endpoint}}'
            $null = Connect-AzAccount -Environment Hosted -AccessToken sandbox -AccountId admin@contoso.example `
                -Tenant {{Options.TenantId}} -Subscription {{Subscription}} -Scope Process -SkipContextPopulation
            Restore-CognitiveAccount contoso-2
            """);
        IAsyncResult run = pipeline.BeginInvoke();
        await WaitForPollsAsync(1);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains(GoesOn, Assert.Single(pipeline.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SilentlyContinue", 0)]
    [InlineData("Continue", 1)]
    public async Task After_a_stop_the_preference_of_the_session_counts(string preference, int shown)
    {
        PSDataCollection<WarningRecord> warnings = await StopAsync(
            $"$WarningPreference = '{preference}'; Restore-CognitiveAccount contoso-2");

        Assert.Equal(shown, warnings.Count);
        Assert.Equal(shown, Regex.Count(Unwrapped, GoesOn));
    }

    [Theory]
    [InlineData("Ignore", 0)]
    [InlineData("SilentlyContinue", 1)]
    public void After_an_error_that_stops_the_action_counts_too(string action, int kept)
    {
        GivenOneEndsWhileAnotherRuns(fails: true);

        ShellResult result = Shell.Run($$"""
            try {
                Restore-CognitiveAccount contoso-1, contoso-2 -SkipPrerequisiteCheck -ErrorAction Stop `
                    -WarningAction {{action}} -WarningVariable kept
            } catch { }
            $kept
            """);

        Assert.Equal(kept, result.Output.Count);
        Assert.Empty(result.Warnings);
        Assert.DoesNotContain("was stopped", Screen.ToString(), StringComparison.Ordinal);
    }

    private string Unwrapped => Regex.Replace($"{Screen}", @"\s+", " ");

    private async Task<PSDataCollection<WarningRecord>> StopAsync(string script)
    {
        GivenDeleted("contoso-2");
        using PowerShell pipeline = Shell.Create(script);
        IAsyncResult run = pipeline.BeginInvoke();
        await WaitForPollsAsync(1);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));
        return pipeline.Streams.Warning;
    }

    // The first ends, well or not, once the second is under way.
    private void GivenOneEndsWhileAnotherRuns(bool fails = false)
    {
        GivenDeleted("contoso-1", "contoso-2");
        Shell.Run($"Import-Module '{typeof(SelectFirstCommand).Assembly.Location}'").ThrowIfFailed();
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT"
                || !context.Request.Path.Value!.EndsWith("-1", StringComparison.Ordinal)) return false;
            await WaitForPollsAsync(1);
            context.Response.StatusCode = fails ? 400 : 201;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, fails
                ? """{"error":{"code":"Odd","message":"No."}}"""
                : $$$"""
                {"id":"{{{LiveId("contoso-1")}}}","location":"westus2","properties":{"provisioningState":"Succeeded"}}
                """);
            return true;
        };
    }
}
