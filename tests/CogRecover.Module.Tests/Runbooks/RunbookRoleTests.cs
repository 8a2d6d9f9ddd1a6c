using System.Management.Automation;
using System.Text.Json.Nodes;
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
        GivenRole("readAndRestore", "purge");
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

    [Fact]
    public void With_the_option_its_actions_bring_back_a_group_with_all_in_it_and_another_subscriptions_vault()
    {
        GivenRole("readAndRestore", "restoreDependency");
        Arm.State.AddSubscription(OtherSubscription, "Security");
        Arm.State.AddDeletedKeyVault("kv-security", "rg-security", subscriptionId: OtherSubscription);
        Arm.State.RemoveResourceGroup("rg-security", OtherSubscription);
        GivenVaultAccount("contoso-secured", "kv-security");
        string identity = Arm.State.AddUserAssignedIdentity("id-contoso", "rg-ids").Id;
        Arm.State.AddDeletedAccount("contoso-identified", "rg-ai", configure: account => account.Identity = new()
        {
            ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [identity] = new JsonObject() },
        });
        GivenWholeGroup();
        Assert.False(Arm.State.HasResourceGroup("rg-ai"));
        runbook = "Restore-UnexpectedDeletion";

        ShellResult result = Run("-RestoreDependency $true").ThrowIfFailed();

        AssertSummary(result, "Restored=4 Failed=0 NotListed=0 BroughtBack=5");
        Assert.Equal(["id-contoso", "kv-contoso", "kv-security", "stcontoso"],
            Arm.State.Resources.Select(resource => resource.Name).Order());
        Assert.DoesNotContain(result.Warnings,
            warning => warning.Contains("It isn't known whether", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_option_its_actions_show_every_obstacle_and_recover_nothing()
    {
        GivenRole("readAndRestore", "purge");
        GivenWholeGroup();

        PSObject[] watched = Facts(Run().ThrowIfFailed(), "Deleted");
        runbook = "Restore-UnexpectedDeletion";
        ShellResult restored = Run("-RestoreDependency $true");

        Assert.All(watched, fact => Assert.Equal(false, fact.Properties["CanRestore"].Value));
        Assert.All(Facts(restored, "Failed"), fact =>
            Assert.Equal("AuthorizationFailed", fact.Properties["ErrorId"].Value));
        AssertSummary(restored, "Restored=0 Failed=2");
        Assert.Empty(Arm.State.Resources);
    }

    /// <summary>Gives the identity these lists of the template's actions.</summary>
    private void GivenRole(params string[] lists)
    {
        string template = File.ReadAllText(Path.Combine(Root, "examples", "automation", "actions.bicep"));
        Arm.State.Permissions = [new([.. lists.SelectMany(list =>
            Regex.Matches(Regex.Match(template, $@"var {list} = \[(.*?)\]", RegexOptions.Singleline).Value,
                @"'(Microsoft\.[^']+)'").Select(action => action.Groups[1].Value))])];
        Arm.State.SetPermissions(Arm.State.Permissions, subscriptionId: OtherSubscription);
    }
}
