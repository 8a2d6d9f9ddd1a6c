using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Sandbox.Arm;

/// <summary>The managed identities of whatever runs here, and the endpoint that gives their tokens, as Azure Automation
/// and App Service have it: <c>IDENTITY_ENDPOINT</c> and <c>IDENTITY_HEADER</c> in the environment lead to
/// it.</summary>
/// <param name="options">The tenant, and whose identity it is.</param>
public sealed class ManagedIdentity(SimulatedArmOptions options)
{
    /// <summary>The endpoint's path.</summary>
    public const string Path = "/_sandbox/identity/token";

    /// <summary>What <c>IDENTITY_HEADER</c> holds: without it no token is given.</summary>
    public string Header { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether a system-assigned identity is switched on.</summary>
    public bool HasSystemAssigned { get; set; } = true;

    /// <summary>The client ids of the user-assigned identities.</summary>
    public ISet<string> ClientIds { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives a token, or says why not.</summary>
    internal Task AnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        string clientId = query["client_id"].ToString();
        string resource = query["resource"].ToString();
        if (http.Request.Headers["X-IDENTITY-HEADER"] != Header)
            return RefuseAsync(http, 401, "The X-IDENTITY-HEADER is missing or wrong.");
        if (resource.Length == 0) return RefuseAsync(http, 400, "The resource is missing.");
        bool isThere = clientId.Length == 0 ? HasSystemAssigned : ClientIds.Contains(clientId);
        return isThere
            ? GiveAsync(http, resource, clientId)
            : RefuseAsync(http, 400,
                "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
    }

    private Task GiveAsync(HttpContext http, string resource, string clientId)
    {
        DateTimeOffset expiresOn = options.Clock.GetUtcNow().AddHours(24);
        return http.WriteAsync(200, new
        {
            access_token = Token(resource, clientId, expiresOn),
            client_id = clientId,
            expires_on = $"{expiresOn.ToUnixTimeSeconds()}",
            resource,
            token_type = "Bearer",
        });
    }

    private static Task RefuseAsync(HttpContext http, int status, string message) =>
        http.WriteAsync(status, new { StatusCode = status, message });

    // Clients read the claims; nobody checks the signature here.
    private string Token(string resource, string clientId, DateTimeOffset expiresOn)
    {
        string claims = JsonSerializer.Serialize(new
        {
            aud = resource, tid = options.TenantId, oid = options.CallerObjectId, appid = clientId, idtyp = "app",
            exp = expiresOn.ToUnixTimeSeconds(),
        });
        return $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{Base64(claims)}.{Base64("sandbox")}";
    }

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
