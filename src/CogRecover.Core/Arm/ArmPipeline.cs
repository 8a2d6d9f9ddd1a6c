namespace CogRecover.Core.Arm;

/// <summary>Makes the Azure.ResourceManager client, with CogRecover's policies.</summary>
internal static class ArmPipeline
{
    // What an Azure.Core exception quotes of a response. A WWW-Authenticate header could quote the token.
    private static readonly string[] QuotedHeaders =
        ["Content-Type", "Date", "Retry-After", "x-ms-request-id", "x-ms-correlation-request-id"];

    public static ArmClient CreateClient(ArmConnection connection, DelayStrategy retry)
    {
        Uri endpoint = connection.Endpoint;
        var options = new ArmClientOptions
        {
            Environment = new ArmEnvironment(endpoint, endpoint.AbsoluteUri),
            RetryPolicy = new SafeRetryPolicy(retry),
            Retry = { NetworkTimeout = connection.NetworkTimeout },
            Diagnostics = { IsDistributedTracingEnabled = false, IsLoggingContentEnabled = false },
        };
        options.Diagnostics.LoggedHeaderNames.Clear();
        foreach (string header in QuotedHeaders) options.Diagnostics.LoggedHeaderNames.Add(header);
        options.SetApiVersion(AccountId.LiveType, connection.ApiVersion);
        options.SetApiVersion(AccountId.DeletedType, connection.ApiVersion);
        foreach (ResourceType type in DependencyTypes.ApiVersions.Keys)
            options.SetApiVersion(type, DependencyTypes.ApiVersions[type]);
        options.AddPolicy(new TrustedHostPolicy(endpoint), HttpPipelinePosition.PerCall);
        options.AddPolicy(new ClaimsChallengePolicy(connection), HttpPipelinePosition.PerCall);
        options.AddPolicy(new ThrottlePolicy(
            kind => connection.Session.Gate(endpoint, connection.SignIn, kind),
            connection.LongestThrottling, connection.Throttled), HttpPipelinePosition.PerCall);
        options.AddPolicy(new RequestLogPolicy(connection), HttpPipelinePosition.PerRetry);
        options.AddPolicy(new ResponseLimitPolicy(), HttpPipelinePosition.BeforeTransport);
        if (TrustedHostPolicy.IsLoopbackHttp(endpoint))
        {
            options.AddPolicy(new LoopbackHttpPolicy(), HttpPipelinePosition.BeforeTransport);
            options.Transport = LoopbackHttpPolicy.Transport;
        }

#if NETFRAMEWORK
        options.AddPolicy(new DeleteLengthPolicy(), HttpPipelinePosition.BeforeTransport);
#endif
        options.Transport = connection.Transport ?? options.Transport;
        return new ArmClient(new ArmTokenCredential(connection), default, options);
    }
}
