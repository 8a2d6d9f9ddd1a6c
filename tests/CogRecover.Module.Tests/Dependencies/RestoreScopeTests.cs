using System.Management.Automation;
using System.Management.Automation.Language;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Dependencies;

/// <summary>A test says of a restore with its switches what that comes to.</summary>
public sealed class RestoreScopeTests : DependencyTest
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("-CreateResourceGroup", true, false)]
    [InlineData("-RestoreDependency", true, true)]
    public void The_test_with_a_switch_and_the_restore_with_it_say_the_same(string with, bool plain, bool vault)
    {
        Arm.State.AddDeletedAccount("contoso-plain", "rg-ai");
        GivenVaultAccount("contoso-vault");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);

        ShellResult test = Shell.Run(
            $"'contoso-plain', 'contoso-vault' | Test-CognitiveAccountRestore {with}").ThrowIfFailed();
        Assert.Empty(Writes);
        ShellResult restore = Shell.Run($"'contoso-plain', 'contoso-vault' | Restore-CognitiveAccount {with}");

        Assert.Equal([plain, vault], test.Output.OrderBy(account => account.ToString())
            .Select(account => (bool)account.Properties["CanRestore"].Value));
        Assert.Equal(
            new[] { "contoso-plain", "contoso-vault" }.Where(name => name == "contoso-plain" ? plain : vault),
            Names(restore));
    }

    [Fact]
    public void What_the_switch_brings_back_is_a_warning_with_the_line_of_that_restore()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", "West US 2");
        Arm.State.RemoveResourceGroup("rg-ai");

        PSObject check = Assert.Single(Shell.Run(
            "(Test-CognitiveAccountRestore contoso -CreateResourceGroup).Checks | ? Name -eq ResourceGroup").Output);

        Assert.Equal("ResourceGroup: Warning. Resource group 'rg-ai' is gone. -CreateResourceGroup brings it back first.",
            check.ToString());
        Assert.Equal(true, check.Properties["IsRecoverable"].Value);
        Assert.Null(check.Properties["ErrorId"].Value);
        Assert.Equal(
            $"Restore-CognitiveAccount -Name 'contoso' -ResourceGroupName 'rg-ai' -Location 'westus2' -SubscriptionId "
                + $"'{Subscription}' -CreateResourceGroup",
            check.Properties["NextCommand"].Value);
    }

    [Fact]
    public void What_cant_be_seen_is_in_the_way_of_a_restore_that_has_to_bring_it_back()
    {
        GivenVaultAccount("contoso");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Path = "/deletedVaults",
        });

        ShellResult tests = Shell.Run("""
            (Test-CognitiveAccountRestore contoso).CanRestore
            (Test-CognitiveAccountRestore contoso -CreateResourceGroup).CanRestore
            ($test = Test-CognitiveAccountRestore contoso -RestoreDependency).CanRestore
            $test.Checks[0]
            """);
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency");

        Assert.Equal([true, true, false], tests.Output.Take(3).Select(can => (bool)can.BaseObject));
        PSObject check = tests.Output[3];
        Assert.StartsWith("KeyVault: Failed. Key vault 'kv-contoso' with the customer-managed key was found neither",
            check.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("-RestoreDependency restores nothing as long as that isn't known.", check.ToString(),
            StringComparison.Ordinal);
        Assert.Equal($"{check.Properties["ErrorId"].Value},{RestoreClass}",
            Assert.Single(restore.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Each_check_that_recommends_a_command_has_it_as_a_line_that_PowerShell_can_read()
    {
        GivenVaultAccount("contoso-vault", hasIdentity: true);
        GivenStorageAccount("contoso-speech", hasIdentity: true);
        Arm.State.AddDeletedAccount("contoso-plain", "rg-gone", kind: "AIServices", configure: account =>
            account.Properties = new() { ["associatedProjects"] = new System.Text.Json.Nodes.JsonArray("main") });
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);
        Arm.State.RemoveResourceGroup("rg-gone");

        PSObject[] checks = [.. Shell.Run(
            "(Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore).Checks | ? RecommendedAction").Output];

        Assert.NotEmpty(checks);
        Assert.All(checks, check =>
        {
            string action = (string)check.Properties["RecommendedAction"].Value;
            string command = (string)check.Properties["NextCommand"].Value;
            Assert.True(command is not null || action.Contains('<', StringComparison.Ordinal), action);
            if (command is null) return;
            Assert.Contains(command, action, StringComparison.Ordinal);
            Parser.ParseInput(command, out _, out ParseError[] errors);
            Assert.Empty(errors);
            Assert.Matches("^[A-Z][a-z]+-[A-Z]", command);
        });
    }

    [Fact]
    public void An_error_has_its_command_alone_with_the_way_to_its_subscription_only_where_that_is_another()
    {
        GivenDeletedWithoutGroup("contoso");

        string[] commands = [.. Shell.Run($$"""
            Restore-CognitiveAccount contoso -ErrorAction SilentlyContinue -ErrorVariable here
            $null = Set-AzContext -Subscription '{{Guid.NewGuid()}}'
            Restore-CognitiveAccount contoso -SubscriptionId '{{Subscription}}' -ErrorAction SilentlyContinue -ErrorVariable there
            $here.Exception.NextCommand
            $there.Exception.NextCommand
            """).Output.Select(line => line.ToString()!)];

        const string create = "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'";
        Assert.Equal([create, $"Set-AzContext -Subscription '{Subscription}'; {create}"], commands);
    }
}
