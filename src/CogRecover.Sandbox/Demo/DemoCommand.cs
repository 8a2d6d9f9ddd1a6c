using System.CommandLine;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Seeds;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;
using CogRecover.Sandbox.Host;

namespace CogRecover.Sandbox.Demo;

/// <summary>Tours the module against a simulated ARM: list, restore, purge, an error, and a whole group.</summary>
internal static class DemoCommand
{
    private static readonly (string Says, string Script)[] Steps =
    [
        ("Accounts that were deleted in the last 48 hours, and the time that is left to bring each back:",
            "Get-DeletedCognitiveAccount"),
        ("Production is down. Its account comes back with its keys, deployments and identity:",
            "Restore-CognitiveAccount -Name contoso-openai-prod"),
        ("A test account is to be gone for good, to free its name and quota. A purge asks first; the tour says yes:",
            "Remove-DeletedCognitiveAccount -Name contoso-speech-test -ResourceGroupName rg-ai-test"),
        ("Both are off the list:",
            "Get-DeletedCognitiveAccount"),
        ("And what an error looks like. The resource group of this account is gone too:",
            "Get-DeletedCognitiveAccount -Name contoso-vision | Restore-CognitiveAccount"),
    ];

    private static readonly (string Says, string Script)[] LastScene =
    [
        ("Somebody has deleted a whole resource group, and Azure is still at it. These accounts went with it:",
            $"Get-DeletedCognitiveAccount -ResourceGroupName {SampleFactory.Group}"),
        ("One command brings it all back: the group, their key vault and storage, then the accounts:",
            $"Get-DeletedCognitiveAccount -ResourceGroupName {SampleFactory.Group} | "
            + "Restore-CognitiveAccount -RestoreDependency"),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("demo", "Tour the module against a simulated ARM (the default)");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    /// <summary>Runs the tour.</summary>
    /// <returns>0 if every step came out as it should.</returns>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var options = new SimulatedArmOptions
        {
            RestoreTime = TimeSpan.FromSeconds(2),
            PurgeTime = TimeSpan.FromSeconds(1.5),
        };
        await using SimulatedArm arm = await SimulatedArm.StartAsync(options, cancellationToken);
        SandboxUserInterface ui = SandboxUserInterface.OpenConsole();
        ui.Answer = (_, _) => 0;
        using ModuleShell shell = ModuleShell.Connect(arm.Endpoint, options.TenantId, options.SubscriptionId, ui);
        Console.WriteLine($"A simulated Azure Resource Manager runs at {arm.Endpoint}");
        Play(shell, Steps, cancellationToken);
        arm.State.BeginGroupDeletion(SampleFactory.Group, TimeSpan.FromSeconds(2));
        Play(shell, LastScene, cancellationToken);
        return Check(arm.State);
    }

    private static void Play(
        ModuleShell shell, (string Says, string Script)[] steps, CancellationToken cancellationToken)
    {
        foreach ((string says, string script) in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Console.WriteLine();
            Console.WriteLine("# " + says);
            Console.WriteLine("PS> " + script);
            shell.Show(script);
        }
    }

    // The tour is the first thing a newcomer runs: it must not end with 0 where the module did nothing.
    private static int Check(ArmState state)
    {
        bool asTold = state.HasAccount("contoso-openai-prod", "rg-ai-prod")
            && !state.HasDeletedAccount("contoso-speech-test", "rg-ai-test")
            && state.HasDeletedAccount("contoso-vision", "rg-retired")
            && state.Accounts.Count(account => account.ResourceGroupName == SampleFactory.Group) == 3;
        if (!asTold) Console.Error.WriteLine("The simulated ARM isn't in the state that the tour should leave.");
        return asTold ? 0 : 1;
    }
}
