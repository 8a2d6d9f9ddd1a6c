namespace CogRecover.Core.Http;

/// <summary>Sends requests, and their token, only to the Resource Manager host or a host under it, whatever
/// <c>nextLink</c>, <c>Location</c> or <c>azure-asyncoperation</c> say. It stands before the policy that adds the
/// token.</summary>
internal sealed class TrustedHostPolicy(Uri endpoint) : HttpPipelineSynchronousPolicy
{
    /// <summary>Whether the endpoint is a server on this machine, the one exception to https.</summary>
    public static bool IsLoopbackHttp(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback;

    public static Uri RequireSecure(Uri endpoint) =>
        endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttps || IsLoopbackHttp(endpoint))
            ? endpoint
            : throw ServiceErrors.InsecureEndpoint(endpoint);

    public override void OnSendingRequest(HttpMessage message)
    {
        RequestUriBuilder requestUri = message.Request.Uri;
        var uri = requestUri.ToUri();
        if (!IsTrusted(uri))
            throw ServiceErrors.UntrustedHost(uri.GetLeftPart(UriPartial.Authority), endpoint);

        // Azure.Core adds a token to https only: up to LoopbackHttpPolicy, http on loopback looks like https.
        if (IsLoopbackHttp(endpoint)) requestUri.Scheme = Uri.UriSchemeHttps;
    }

    public bool IsTrusted(Uri uri)
    {
        if (uri.Port != endpoint.Port || uri.UserInfo.Length > 0) return false;
        if (IsLoopbackHttp(endpoint))
            return uri.Host == endpoint.Host && uri.Scheme is "http" or "https";
        return uri.Scheme == Uri.UriSchemeHttps
            && (uri.Host == endpoint.Host
                || (endpoint.HostNameType == UriHostNameType.Dns
                    && uri.Host.EndsWith("." + endpoint.Host, StringComparison.OrdinalIgnoreCase)));
    }
}
