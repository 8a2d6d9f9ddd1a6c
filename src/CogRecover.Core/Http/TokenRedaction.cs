namespace CogRecover.Core.Http;

/// <summary>Takes the tokens of a connection out of what is shown.</summary>
internal sealed class TokenRedaction
{
    // A real token has a thousand characters. A sandbox's may be a word that stands in names too.
    private const int ShortestToken = 16;

    private readonly ConcurrentDictionary<string, byte> tokens = new();

    /// <summary>Adds a token that requests will carry.</summary>
    public void Note(string token)
    {
        if (token.Length >= ShortestToken) tokens[token] = default;
    }

    /// <summary>The same failure if no token is in it; else one without tokens and without a cause.</summary>
    public RecoveryException Redact(RecoveryException failure)
    {
        ServiceResponse response = failure.Response;
        string text = string.Join("\n", [$"{failure}", failure.RecommendedAction, $"{response}", .. Raw(failure)]);
        return Redact(text) == text
            ? failure
            : new(failure.ErrorId, Redact(failure.Message), Redact(failure.RecommendedAction))
            {
                IsOutcomeUnknown = failure.IsOutcomeUnknown,
                Response = new(
                    response.Status, OrNull(response.ErrorCode), OrNull(response.RequestId),
                    OrNull(response.CorrelationRequestId)),
            };

        string? OrNull(string? part) => part is null ? null : Redact(part);
    }

    /// <summary>The text without tokens, whatever their case: a host comes back in lower case.</summary>
    public string Redact(string text)
    {
        foreach (string token in tokens.Keys)
            if (text.IndexOf(token, StringComparison.OrdinalIgnoreCase) >= 0)
                text = Regex.Replace(
                    text, Regex.Escape(token), "***", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return text;
    }

    // What a script can still read of the responses.
    private static IEnumerable<string> Raw(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if ((failure as RequestFailedException)?.GetRawResponse() is not { } response) continue;
            foreach (HttpHeader header in response.Headers) yield return header.Value;
            if (response.ContentStream is MemoryStream { CanRead: true } body)
                yield return Encoding.UTF8.GetString(body.ToArray());
        }
    }
}
