using System.Diagnostics;
using System.Management.Automation;
using CogRecover.Bench.Processes;
using CogRecover.Sandbox.Host;

namespace CogRecover.Bench;

/// <summary>The staged module in the real engine, signed in to a simulated ARM by the stand-in for Az.Accounts.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly ModuleShell shell;

    /// <param name="arm">The simulated ARM's endpoint.</param>
    public ModuleSession(Uri arm) =>
        shell = ModuleShell.Connect(arm, ArmProcess.TenantId, ArmProcess.SubscriptionId);

    /// <summary>Runs each command once, on an ARM of its own, so that a figure finds them compiled.</summary>
    public static async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(
            new() { Accounts = 2, OperationTime = TimeSpan.FromSeconds(0.1) }, cancellationToken);
        using var module = new ModuleSession(arm.Endpoint);
        module.Run("""
            $accounts = @(Get-DeletedCognitiveAccount -AllSubscriptions)
            $null = $accounts[0] | Restore-CognitiveAccount
            $accounts[1] | Remove-DeletedCognitiveAccount -Force
            """, cancellationToken);
    }

    /// <summary>Runs a script. What it leaves in variables stays.</summary>
    /// <exception cref="InvalidDataException">It wrote an error.</exception>
    public IReadOnlyList<PSObject> Run(string script, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(shell.Stop);
        var result = shell.Run(script);
        cancellationToken.ThrowIfCancellationRequested();
        var errors = result.TerminatedBy is { } end ? [end.ErrorRecord, .. result.Errors] : result.Errors;
        return errors is [var first, ..]
            ? throw new InvalidDataException(
                $"'{script}' wrote {result.Output.Count} objects and {errors.Count} errors, the first: {first}")
            : result.Output;
    }

    /// <summary>Runs a script that has to write so many objects.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidDataException">It wrote more or fewer, or an error.</exception>
    public TimeSpan Time(string script, int outputs, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        int written = Run(script, cancellationToken).Count;
        TimeSpan elapsed = watch.Elapsed;
        Expect(written, outputs, script);
        return elapsed;
    }

    /// <summary>Runs a command whose objects are counted and dropped.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidDataException">It wrote more or fewer, or an error.</exception>
    public TimeSpan TimeDropped(string command, int outputs, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var written = Run($"{command} | & {{ begin {{ $n = 0 }} process {{ $n++ }} end {{ $n }} }}", cancellationToken);
        TimeSpan elapsed = watch.Elapsed;
        Expect((int)written.Single().BaseObject, outputs, command);
        return elapsed;
    }

    /// <summary>Closes the engine.</summary>
    public void Dispose() => shell.Dispose();

    private static void Expect(int written, int outputs, string script)
    {
        if (written != outputs)
            throw new InvalidDataException($"'{script}' wrote {written} objects instead of {outputs}.");
    }
}
