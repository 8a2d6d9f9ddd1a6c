using System.Text;
using Azure;
using CogRecover.Core.Http;

namespace CogRecover.Engine.Tests.Http;

/// <summary>Nothing that a script can still read of a failure has the token.</summary>
public sealed class TokenRedactionTests
{
    private const string Token = "eyJ0eXAiOiJKV1QifQ.top-secret";

    private readonly TokenRedaction redaction = new();

    public TokenRedactionTests() => redaction.Note(Token);

    [Theory]
    [InlineData("message")]
    [InlineData("action")]
    [InlineData("code")]
    [InlineData("request")]
    [InlineData("correlation")]
    [InlineData("body")]
    [InlineData("header")]
    public void A_failure_that_quotes_the_token_loses_it_and_its_cause(string where)
    {
        string In(string part) => part == where ? $"You sent {Token}" : "fine";
        var response = new FakeResponse(403) { ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(In("body"))) };
        response.Add("x-quoted", In("header"));
        var failure = new RecoveryException(
            RecoveryErrorId.AuthorizationFailed, In("message"), In("action"), new RequestFailedException(response))
        {
            Response = new(403, In("code"), In("request"), In("correlation")),
        };

        RecoveryException redacted = redaction.Redact(failure);

        Assert.Null(redacted.InnerException);
        Assert.DoesNotContain(Token, string.Join('\n', redacted, redacted.RecommendedAction, redacted.ServiceErrorCode,
            redacted.RequestId, redacted.CorrelationRequestId), StringComparison.Ordinal);
        Assert.Equal((RecoveryErrorId.AuthorizationFailed, 403), (redacted.ErrorId, redacted.Status));
    }

    [Fact]
    public void A_failure_without_the_token_stays_as_it_is()
    {
        var failure = new RecoveryException(
            RecoveryErrorId.AuthorizationFailed, "No.", "Ask.", new RequestFailedException(new FakeResponse(403)));

        Assert.Same(failure, redaction.Redact(failure));
    }
}
