using System.CommandLine;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Host;

namespace CogRecover.Sandbox.Run;

/// <summary>Runs a script in the engine, with the module imported and signed in to a simulated ARM.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<FileInfo> script = new Argument<FileInfo>("SCRIPT") { Description = "The script to run" }
            .AcceptExistingOnly();
        var command = new Command("run", "Run a script against a simulated ARM") { script };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(script).FullName, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string script, CancellationToken cancellationToken)
    {
        var options = new SimulatedArmOptions();
        await using SimulatedArm arm = await SimulatedArm.StartAsync(options, cancellationToken);
        using ModuleShell shell = ModuleShell.Connect(
            arm.Endpoint, options.TenantId, options.SubscriptionId, ConsoleInterface.Open());
        using CancellationTokenRegistration stop = cancellationToken.Register(shell.Stop);
        bool ended = shell.Show($"& '{script.Replace("'", "''")}'");
        return shell.ExitCode ?? (ended ? 0 : 1);
    }
}
