using System.Diagnostics;
using System.Text.Json;

namespace CogRecover.Bench.Processes;

/// <summary>A verb of this program in a process of its own. It ends with its parent, at the latest.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly Process process;
    private readonly Task<string> errors;

    private ChildProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // .NET lets more garbage gather the larger the processor's cache is: 17 MB with 32 MB of cache.
        if (arguments[0] is ChildVerbs.LiveMemory or ChildVerbs.WorkingSet)
            start.Environment["DOTNET_GCgen0size"] = "1100000";
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a verb.</summary>
    public static ChildProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs a verb to its end, and reads the one line of JSON that it prints.</summary>
    public static async Task<T> AskAsync<T>(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var child = Start(arguments);
        return JsonSerializer.Deserialize<T>(await child.ReadLineAsync(cancellationToken))!;
    }

    /// <summary>Reads the next line that it prints.</summary>
    /// <exception cref="InvalidDataException">It ended before.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidDataException("A child process ended early: " + await errors);

    /// <summary>Lets it end; kills it where it doesn't.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
