using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Arm;

/// <summary>
/// Turns a 401 that asks for claims into the error that says how to sign in with them. A new sign-in is the user's to
/// do.
/// </summary>
internal sealed class ClaimsChallengePolicy(ArmConnection connection) : HttpPipelinePolicy
{
    // https://learn.microsoft.com/entra/identity-platform/claims-challenge
    private static readonly Regex Claims = new("claims=\"(?<claims>[^\"]+)\"");

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Check(message.Response);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        Check(message.Response);
    }

    private void Check(Response response)
    {
        if (response.Status != 401
            || !response.Headers.TryGetValue("WWW-Authenticate", out string? challenge)
            || Claims.Match(challenge!) is not { Success: true } claims)
            return;
        throw RecoveryErrors.ClaimsChallenge(
            connection.Redaction.Redact(claims.Groups["claims"].Value), connection.TenantId,
            ArmError.Of(new RequestFailedException(response)));
    }
}
