using CogRecover.Sandbox.Host;

namespace CogRecover.Bench.Processes;

/// <summary>One import in a process that has Az.Accounts loaded, and an engine that has run something.</summary>
internal static class ImportChild
{
    /// <summary>Imports a module.</summary>
    /// <param name="manifest">The path of its manifest.</param>
    /// <returns>How long that statement took.</returns>
    public static TimeSpan Measure(string manifest)
    {
        using var shell = ModuleShell.Open();
        var result = shell.Run($$"""
            Import-Module Az.Accounts
            $null = Get-AzContext
            $null = 1..3 | ForEach-Object { [System.Diagnostics.Stopwatch]::StartNew().Elapsed }
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            Import-Module '{{manifest}}'
            $watch.Elapsed
            """).ThrowIfFailed();
        return (TimeSpan)result.Output.Single().BaseObject;
    }
}
