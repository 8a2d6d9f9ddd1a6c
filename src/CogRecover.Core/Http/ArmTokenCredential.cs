namespace CogRecover.Core.Http;

/// <summary>Gives the caller's tokens to Azure.Core, which caches them until five minutes before they expire.</summary>
internal sealed class ArmTokenCredential(ArmConnection connection) : TokenCredential
{
    public override async ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        // After a claims challenge Azure.Core asks again and gets the same token: ClaimsChallengePolicy handles the
        // second 401.
        ArmToken token = await connection.Token(cancellationToken).ConfigureAwait(false);
        connection.Redaction.Note(token.Value);
        return new AccessToken(token.Value, token.ExpiresOn);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");
}
