using Azure.Core.Pipeline;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Core.Http;

/// <summary>Where Azure Resource Manager is, and how to be let in.</summary>
/// <param name="endpoint">The Resource Manager endpoint of the Azure environment.</param>
/// <param name="token">Gives a token for that endpoint whenever the last one is about to expire.</param>
public sealed class ArmConnection(Uri endpoint, Func<CancellationToken, Task<ArmToken>> token)
{
    /// <summary>The api-version that is asked for where the caller names none: public since mid-2025.</summary>
    public const string DefaultApiVersion = AccountId.DefaultApiVersion;

    /// <summary>The Resource Manager endpoint: https, or http on loopback.</summary>
    /// <exception cref="RecoveryException">
    /// It is neither (<see cref="RecoveryErrorId.InsecureEndpoint"/>): thrown when the connection is made.
    /// </exception>
    public Uri Endpoint { get; } = TrustedHostPolicy.RequireSecure(endpoint);

    /// <summary>Gives a token for the endpoint.</summary>
    public Func<CancellationToken, Task<ArmToken>> Token { get; } = token;

    /// <summary>The tenant that the tokens are for, to say whom to sign in to; null if it isn't known.</summary>
    public string? TenantId { get; init; }

    /// <summary>What tells whose tokens they are from others: the service counts the requests of each apart.</summary>
    public string? SignIn { get; init; }

    /// <summary>The api-version of the requests to Microsoft.CognitiveServices.</summary>
    public string ApiVersion { get; init; } = DefaultApiVersion;

    /// <summary>What carries the requests; null for the network.</summary>
    internal HttpPipelineTransport? Transport { get; init; }

    /// <summary>How long the first retry of a failed request waits; the later ones wait longer.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>How long the first polls of an operation wait; the later ones wait longer.</summary>
    public TimeSpan PollingDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long the first wait for a service is that isn't ready; each later one is twice as long.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the service may be silent, before the request is given up and tried again.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a look may take at something that an account depends on.</summary>
    public TimeSpan LookupTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a request waits where the service throttles, before it fails for it.</summary>
    public TimeSpan LongestThrottling { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Called after each request that is sent, from whatever thread; null for nobody.</summary>
    public Action<RequestNotice>? Requested { get; init; }

    /// <summary>Whether <see cref="Requested"/> wants headers and bodies too.</summary>
    public bool RequestsInDetail { get; init; }

    /// <summary>Takes the tokens out of what is shown.</summary>
    internal TokenRedaction Redaction { get; } = new();

    /// <summary>
    /// Called when requests of this connection wait for the service to take them, once a wait, and again when it lasts
    /// longer: from whatever thread. It must not call the engine.
    /// </summary>
    public Action<ThrottleNotice>? Throttled { get; init; }

    /// <summary>What this connection shares with others: nothing, unless it is given.</summary>
    public ArmSession Session { get; init; } = new();
}
