using Azure.Core;

namespace CogRecover.Core.Arm;

/// <summary>Hands the caller's tokens to Azure.Core, which caches them until five minutes before they expire.</summary>
internal sealed class ArmTokenCredential(ArmConnection connection) : TokenCredential
{
    public override async ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        // Azure.Core asks with claims after ARM has answered 401 with a challenge. A new sign-in is the user's to do.
        if (requestContext.Claims is { Length: > 0 } claims)
            throw RecoveryErrors.ClaimsChallenge(claims, connection.TenantId);
        ArmToken token = await connection.Token(cancellationToken).ConfigureAwait(false);
        return new AccessToken(token.Value, token.ExpiresOn);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");
}
