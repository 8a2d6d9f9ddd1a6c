using System.Text.RegularExpressions;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The role that the templates give to the runbooks' identity.</summary>
public sealed class RunbookRoleTests : RunbookTest
{
    private string runbook = "Watch-DeletedAccount";

    private protected override string Runbook => runbook;

    [Fact]
    public void Its_actions_are_enough_for_a_nights_work()
    {
        string actions = File.ReadAllText(Path.Combine(Root, "examples", "automation", "actions.bicep"));
        Arm.State.Permissions =
            [new([.. Regex.Matches(actions, @"'(Microsoft\.[^']+)'").Select(action => action.Groups[1].Value)])];
        Arm.State.AddDeletedAccount("contoso-test", "rg-test", deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount("contoso-prod", "rg-gone", deletedBy: "dana@contoso.com");
        Arm.State.RemoveResourceGroup("rg-gone");

        ShellResult watched = Run().ThrowIfFailed();
        runbook = "Clear-DeletedAccount";
        ShellResult cleared = Run("-ResourceGroupName *-test").ThrowIfFailed();
        runbook = "Restore-UnexpectedDeletion";
        ShellResult restored = Run().ThrowIfFailed();

        AssertSummary(watched, "Deleted=2 NotTested=0 NotListed=0");
        AssertSummary(cleared, "Purged=1 Failed=0");
        AssertSummary(restored, "Restored=1 Failed=0");
        Assert.All([watched, cleared, restored], result => Assert.Empty(result.Warnings));
    }
}
