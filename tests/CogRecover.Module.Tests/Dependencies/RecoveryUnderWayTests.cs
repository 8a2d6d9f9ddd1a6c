using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Dependencies;

/// <summary>Recoveries that take their time, and how they end.</summary>
public sealed class RecoveryUnderWayTests : DependencyTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { VaultRecoveryTime = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(true, "Azure goes on bringing back key vault 'kv-contoso'.")]
    [InlineData(false, "It isn't known whether Azure has accepted the request to bring back key vault 'kv-contoso'.")]
    public void A_stop_names_what_Azure_goes_on_with_or_may_go_on_with(bool isAnswered, string left)
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-ai");
        Arm.State.RemoveResourceGroup("rg-ai");
        using var begun = new ManualResetEventSlim();
        Arm.Intercept = async context =>
        {
            // Once a recovery is polled, its acceptance is known.
            bool isVault = context.Request.Path.Value!.Contains("/vaults/", StringComparison.Ordinal);
            bool hasVault = Arm.State.Resources.Any(resource => resource.Name == Vault);
            if (isVault && (isAnswered ? hasVault : context.Request.Method == "PUT")) begun.Set();
            if (!isVault || isAnswered || context.Request.Method != "PUT") return false;
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        using (PowerShell shell = Shell.Create("")) shell.Runspace.SessionStateProxy.SetVariable("begun", begun);

        // What is piped in again runs what is pending. The last input is an error that ends the command.
        Shell.Run("""
            & { do { 'contoso-one' } until ($begun.Wait(50)); 'contoso-vanished' } |
                Restore-CognitiveAccount -RestoreDependency -ErrorAction Stop
            """);

        Assert.Contains("Resource group 'rg-ai' was created. " + left, string.Join(' ', Screen.ToString().Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_that_ends_badly_is_none()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-ai");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = $"/vaults/{Vault}$", Skip = 1,
            Edits = new() { ["/properties/provisioningState"] = "Failed" },
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");

        AssertError(Assert.Single(result.Errors), $"RestoreFailed,{RestoreClass}", ErrorCategory.InvalidResult,
            "contoso-one", $"Key vault '{Vault}' wasn't recovered", $"Get-AzKeyVault -VaultName '{Vault}'");
        Assert.Equal([$"PUT vaults/{Vault}"], Written);
    }
}
