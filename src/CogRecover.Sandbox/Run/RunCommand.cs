using System.CommandLine;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
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
        var module = new Option<string?>("--module")
        {
            Description = "The module to import, by name or path. Default: the staged one.", HelpName = "NAME",
        };
        var command = new Command("run",
            "Run a script against a simulated ARM. A stand-in for Az.Accounts 5 signs in. Its tokens are SecureStrings, or "
            + "plain text if the environment variable AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN is true.")
        {
            script, module,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(script).FullName, parsed.GetValue(module), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string script, string? module, CancellationToken cancellationToken)
    {
        var options = new SimulatedArmOptions();
        await using SimulatedArm arm = await SimulatedArm.StartAsync(options, cancellationToken);
        using ModuleShell shell = ModuleShell.Connect(
            arm.Endpoint, options.TenantId, options.SubscriptionId, SandboxUserInterface.OpenConsole(), module: module);
        using CancellationTokenRegistration stop = cancellationToken.Register(shell.Stop);
        bool ended = shell.Show($"& '{script.Replace("'", "''")}'");
        return shell.ExitCode ?? (ended ? 0 : 1);
    }
}
