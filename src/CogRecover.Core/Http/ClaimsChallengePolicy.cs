namespace CogRecover.Core.Http;

/// <summary>Turns a 401 that asks for claims into the error that says how to sign in with them.</summary>
internal sealed class ClaimsChallengePolicy(ArmConnection connection) : HttpPipelineSynchronousPolicy
{
    // https://learn.microsoft.com/entra/identity-platform/claims-challenge
    private static readonly Regex Claims = new("claims=\"(?<claims>[^\"]+)\"");

    public override void OnReceivedResponse(HttpMessage message)
    {
        Response response = message.Response;
        if (response.Status != 401
            || !response.Headers.TryGetValue("WWW-Authenticate", out string? challenge)
            || Claims.Match(challenge!) is not { Success: true } claims)
            return;
        throw ServiceErrors.ClaimsChallenge(
            claims.Groups["claims"].Value, connection.TenantId, ArmError.Of(new RequestFailedException(response)));
    }
}
