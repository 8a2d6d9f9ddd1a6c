namespace CogRecover.Core.Http;

/// <summary>Undoes, for the transport, the https that <see cref="TrustedHostPolicy"/> shows to Azure.Core. It stands
/// after all that asks for https.</summary>
internal sealed class LoopbackHttpPolicy : HttpPipelinePolicy
{
    /// <summary>Never goes through a proxy, which would see the token.</summary>
    public static HttpClientTransport Transport { get; } =
        new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.Request.Uri.Scheme = Uri.UriSchemeHttp;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        finally
        {
            // A retry comes by Azure.Core again.
            message.Request.Uri.Scheme = Uri.UriSchemeHttps;
        }
    }
}
