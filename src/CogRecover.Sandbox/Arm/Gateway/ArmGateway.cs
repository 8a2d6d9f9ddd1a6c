using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>What ARM does to every request before a resource provider sees it: logs it, puts its headers on the answer,
/// checks the token, the api-version and the subscription, throttles, and asks for permissions and locks.</summary>
internal sealed partial class ArmGateway(
    Func<Func<HttpContext, Task<bool>>?> intercepting, FaultInjector faults, ArmState state, ArmAccess access,
    ResourceProviders providers, ArmRequestLog log, SimulatedArmOptions options)
{
    private readonly ArmThrottle throttle = new(state, options.WritesPerSecond, options.WriteBurst);

    /// <summary>Comes before routing: Az.Resources asks for <c>//subscriptions/…</c>, and ARM answers.</summary>
    public static Task CollapseSlashes(HttpContext http, RequestDelegate next)
    {
        http.Request.Path = Slashes().Replace(http.Request.Path.Value ?? "/", "/");
        return next(http);
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var logged = await log.AddAsync(http, state.Now);
        AddHeaders(http);
        try
        {
            if (intercepting() is { } intercept && await intercept(http)) return;
            if (options.Latency > TimeSpan.Zero) await Task.Delay(options.Latency, http.RequestAborted);
            await faults.InvokeAsync(http, () => AnswerAsync(http, next));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        finally
        {
            if (!http.RequestAborted.IsCancellationRequested) logged.Answered(http.Response.StatusCode);
        }
    }

    private async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            Authenticate(http);
            Check(http);
            await next(http);
        }
        catch (ArmException error) when (!http.Response.HasStarted)
        {
            await http.WriteAsync(error);
        }
    }

    private static void AddHeaders(HttpContext http)
    {
        var request = http.Request.Headers;
        var headers = http.Response.Headers;
        var requestId = Guid.NewGuid().ToString();
        var correlationId = request.TryGetValue("x-ms-correlation-request-id", out var sent)
            ? sent.ToString()
            : requestId;
        headers.CacheControl = "no-cache";
        headers.Pragma = "no-cache";
        headers.Expires = "-1";
        headers.XContentTypeOptions = "nosniff";
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers["x-ms-request-id"] = requestId;
        headers["x-ms-correlation-request-id"] = correlationId;
        headers["x-ms-routing-request-id"] = $"SANDBOX:{correlationId}";
        if (request["x-ms-return-client-request-id"].ToString().Is("true"))
            headers["x-ms-client-request-id"] = request["x-ms-client-request-id"];
    }

    private void Authenticate(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (BearerToken().IsMatch(authorization)) return;
        var reason = authorization.Length == 0
            ? "The 'Authorization' header is missing."
            : "The 'Authorization' header is provided in an invalid format.";
        http.Response.Headers.WWWAuthenticate =
            $"Bearer authorization_uri=\"https://login.windows.net/{state.TenantId}\", error=\"invalid_token\", " +
            $"error_description=\"{reason}\"";
        throw ArmException.AuthenticationFailed(reason);
    }

    private void Check(HttpContext http)
    {
        var version = http.ApiVersion();
        if (version.Length == 0) throw ArmException.MissingApiVersion();
        var subscription = SubscriptionOf(http.Request.Path);
        if (subscription is not null)
        {
            if (!Guid.TryParse(subscription, out _)) throw ArmException.InvalidSubscriptionId(subscription);
            using (state.Enter())
            {
                var found = state.Subscription(subscription) ?? throw ArmException.SubscriptionNotFound(subscription);
                if (found.State is "Disabled" && http.Request.Method is ("PUT" or "POST" or "PATCH"))
                    throw ArmException.ReadOnlyDisabledSubscription(subscription);
            }
        }

        var endpoint = http.GetEndpoint() ?? throw providers.Refuse(http);
        var type = endpoint.Metadata.GetMetadata<ArmType>() ?? throw ArmException.MethodNotAllowed(http.Request.Method);
        if (subscription is not null && !state.IsRegistered(type.Namespace, subscription))
            throw ArmException.MissingRegistration(type.Namespace);
        RequireKnown(version, type, http.Request.RouteValues["location"] as string);
        var category = ArmThrottle.Category(http.Request.Method);
        var scope = subscription is null ? "tenant" : "subscription";
        http.Response.Headers[$"x-ms-ratelimit-remaining-{scope}-{category}"] =
            throttle.Take(subscription ?? state.TenantId, category).ToString();
        access.Require(http, type);
    }

    private static void RequireKnown(string version, ArmType type, string? location)
    {
        if (type.ApiVersions.Contains(version, StringComparer.OrdinalIgnoreCase)) return;
        throw type.Namespace == ArmType.Resources
            ? ArmException.InvalidApiVersion(version, type.ApiVersions)
            : ArmException.NoRegisteredProvider(location ?? "null", version, type.Name, type.ApiVersions);
    }

    private static string? SubscriptionOf(PathString path) =>
        path.StartsWithSegments("/subscriptions", out var rest) && rest.Value is { Length: > 1 } value
            ? value.Split('/')[1]
            : null;

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"^Bearer\s+\S+$", RegexOptions.IgnoreCase)]
    private static partial Regex BearerToken();
}
