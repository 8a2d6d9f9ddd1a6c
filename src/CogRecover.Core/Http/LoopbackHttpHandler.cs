using Azure.Core.Pipeline;

namespace CogRecover.Core.Http;

/// <summary>Puts back the http that <see cref="TrustedHostPolicy"/> hid from Azure.Core.</summary>
internal sealed class LoopbackHttpHandler : DelegatingHandler
{
    private LoopbackHttpHandler()
        : base(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
    }

    /// <summary>Sends to this machine itself, where a proxy would get the token in clear.</summary>
    public static HttpClientTransport Transport { get; } = new(new LoopbackHttpHandler());

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttp }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
