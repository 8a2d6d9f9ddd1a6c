namespace CogRecover.Core.Http;

/// <summary>Undoes the https that <see cref="TrustedHostPolicy"/> shows to Azure.Core.</summary>
internal sealed class LoopbackHttpHandler : DelegatingHandler
{
    private LoopbackHttpHandler()
        : base(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
    }

    /// <summary>Never goes through a proxy, which would see the token.</summary>
    public static HttpClientTransport Transport { get; } = new(new LoopbackHttpHandler());

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttp }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
