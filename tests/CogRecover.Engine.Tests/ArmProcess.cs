using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CogRecover.Engine.Tests;

/// <summary>A simulated ARM in a process of its own, for the tests of one class. Each test has a subscription there.
/// </summary>
/// <param name="arguments">How it behaves: those of the sandbox's <c>serve</c>.</param>
public abstract class ArmProcess(string arguments) : IAsyncLifetime
{
    private const int Subscriptions = 99;

    private readonly HttpClient http = new(new HttpClientHandler { UseProxy = false });
    private readonly Process process = new();
    private bool isStarted;
    private int given;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        process.StartInfo = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            $"exec \"{TestMetadata.Of("Sandbox")}\" serve --port 0 --until-input-ends --group-deletion-time 0 "
            + $"--subscriptions {Subscriptions} {arguments}")
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        };

        // To the end: nobody needs the rest, but a full pipe would hold it up.
        var greeting = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            Match match = Regex.Match(line.Data ?? "", @" listens at (\S+) ");
            if (match.Success) greeting.TrySetResult(new Uri(match.Groups[1].Value));
            if (line.Data is null)
                greeting.TrySetException(new InvalidOperationException("The sandbox has ended before it listened."));
        };
        isStarted = process.Start();
        process.BeginOutputReadLine();
        Endpoint = await greeting.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        process.Dispose();
        http.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Ends it, as a server that is gone.</summary>
    internal void Stop()
    {
        if (!isStarted || process.HasExited) return;
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Its next subscription, empty, in an ARM without faults.</summary>
    internal async Task<RemoteArm> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (given == Subscriptions) throw new InvalidOperationException("A class has too many tests for one ARM.");
        string subscription = $"3f1a7b52-6c0d-4d8e-b1f4-{++given:x12}";
        var arm = new RemoteArm(http, Endpoint, subscription, token, cancellationToken);
        await arm.SetFaultsAsync();
        await arm.ForgetRequestsAsync();
        return arm;
    }
}

/// <summary>One that answers at once.</summary>
public sealed class QuickArm() : ArmProcess("");

/// <summary>A second one, for what mustn't go there.</summary>
public sealed class OtherArm() : ArmProcess("");

/// <summary>One whose operations end when they have been asked for some times.</summary>
public sealed class BriskArm() : ArmProcess("--operation-time 0.1");

/// <summary>One whose operations can be seen under way.</summary>
public sealed class SlowArm() : ArmProcess("--operation-time 0.7");
