using System.Globalization;
using System.Text.Json;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Bench.Processes;

/// <summary>A simulated ARM that runs in a child.</summary>
internal sealed class ArmProcess : IAsyncDisposable
{
    private static readonly HttpClient Client = new();

    private readonly ChildProcess child;

    private ArmProcess(ChildProcess child, Uri endpoint)
    {
        this.child = child;
        Endpoint = endpoint;
    }

    /// <summary>The tenant, a GUID.</summary>
    public static string TenantId { get; } = new SimulatedArmOptions().TenantId;

    /// <summary>Its first subscription, a GUID.</summary>
    public static string SubscriptionId { get; } = new SimulatedArmOptions().SubscriptionId;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts one.</summary>
    public static async Task<ArmProcess> StartAsync(ArmSettings settings, CancellationToken cancellationToken)
    {
        var child = ChildProcess.Start(ChildVerbs.Arm, JsonSerializer.Serialize(settings));
        try
        {
            return new(child, new(await child.ReadLineAsync(cancellationToken)));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>The bytes of the pages that it gave since this was last asked, where it remembers them.</summary>
    public async Task<long> TakeGivenAsync(CancellationToken cancellationToken) => long.Parse(
        await Client.GetStringAsync(new Uri(Endpoint, RememberedPages.Given), cancellationToken),
        CultureInfo.InvariantCulture);

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => child.DisposeAsync();
}
