using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Arm;

/// <summary>
/// Puts back the http that <see cref="TrustedHostPolicy"/> hid from Azure.Core, for the transport only.
/// </summary>
internal sealed class LoopbackHttpPolicy : HttpPipelinePolicy
{
    /// <summary>Sends to this machine itself, where a proxy would get the token in clear.</summary>
    public static readonly HttpClientTransport Transport =
        new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.Request.Uri.Scheme = Uri.UriSchemeHttp;
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            // A retry passes the token policy again.
            message.Request.Uri.Scheme = Uri.UriSchemeHttps;
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.Request.Uri.Scheme = Uri.UriSchemeHttp;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        finally
        {
            message.Request.Uri.Scheme = Uri.UriSchemeHttps;
        }
    }
}
