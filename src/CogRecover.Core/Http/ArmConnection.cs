namespace CogRecover.Core.Http;

/// <summary>How to reach Azure Resource Manager.</summary>
/// <param name="endpoint">The Resource Manager endpoint of the Azure environment: https, or http on loopback.</param>
/// <param name="token">Gets a token for that endpoint; called when the last one is about to expire.</param>
/// <exception cref="RecoveryException">The endpoint is neither (<see cref="RecoveryErrorId.InsecureEndpoint"/>).
/// </exception>
internal sealed class ArmConnection(Uri endpoint, Func<CancellationToken, Task<ArmToken>> token)
{
    public Uri Endpoint { get; } = TrustedHostPolicy.RequireSecure(endpoint);
    public Func<CancellationToken, Task<ArmToken>> Token => token;

    /// <summary>The subscription that the user works in; null for none.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The name of that subscription; null if it isn't known.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>The tenant of the tokens, for what errors recommend; null if it isn't known.</summary>
    public string? TenantId { get; init; }

    /// <summary>Identifies the owner of the tokens: the service counts requests by sign-in.</summary>
    public string? SignIn { get; init; }

    /// <summary>The api-version of the requests to Microsoft.CognitiveServices.</summary>
    public string ApiVersion { get; init; } = AccountId.DefaultApiVersion;

    /// <summary>Null for the network.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The delay before the first retry of a failed request; later ones are longer.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>The delay between the first polls of an operation; later ones are longer.</summary>
    public TimeSpan PollingDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The first delay for a service that isn't ready; each later one is twice as long, up to half a
    /// minute.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the service may be silent before the request is retried.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a look-up of something that an account depends on may take.</summary>
    public TimeSpan LookupTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a throttled request waits before it fails.</summary>
    public TimeSpan LongestThrottling { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Called after each request, from any thread.</summary>
    public Action<RequestNotice>? Requested { get; init; }

    /// <summary>Whether <see cref="Requested"/> gets headers and bodies.</summary>
    public bool RequestsInDetail { get; init; }

    /// <summary>Called when requests are throttled: once a wait, and again if it lasts longer; from any thread. It must
    /// not call the engine.</summary>
    public Action<ThrottleNotice>? Throttled { get; init; }

    /// <summary>Takes the tokens out of what is shown.</summary>
    public TokenRedaction Redaction { get; } = new();

    /// <summary>What this connection shares with others: nothing by default.</summary>
    public ArmSession Session { get; init; } = new();
}
