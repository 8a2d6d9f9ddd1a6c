using Azure.Core;

namespace CogRecover.Core.Http;

/// <summary>Hands the caller's tokens to Azure.Core, which caches them until five minutes before they expire.</summary>
internal sealed class ArmTokenCredential(ArmConnection connection) : TokenCredential
{
    public override async ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        // Azure.Core asks with claims after a 401 with a challenge. The token is the same: ClaimsChallengePolicy sees
        // the answer to the second try.
        ArmToken token = await connection.Token(cancellationToken).ConfigureAwait(false);
        connection.Redaction.Note(token.Value);
        return new AccessToken(token.Value, token.ExpiresOn);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");
}
