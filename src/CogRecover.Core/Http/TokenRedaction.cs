using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;

namespace CogRecover.Core.Http;

/// <summary>Takes the tokens of a connection out of what is shown.</summary>
internal sealed class TokenRedaction
{
    // A real one has a thousand letters; a word of a sandbox stands in names, too.
    private const int ShortestToken = 16;

    private readonly ConcurrentDictionary<string, byte> tokens = new();

    /// <summary>Takes note of a token that requests will carry.</summary>
    public void Note(string token)
    {
        if (token.Length >= ShortestToken) tokens[token] = default;
    }

    /// <summary>The failure without the tokens: the same one where they aren't in it, else one without a cause.</summary>
    public RecoveryException Redact(RecoveryException failure)
    {
        string text = string.Join("\n", [
            $"{failure}", failure.RecommendedAction, failure.ServiceErrorCode, failure.RequestId,
            failure.CorrelationRequestId, .. Raw(failure)]);
        return Redact(text) == text
            ? failure
            : new(failure.ErrorId, Redact(failure.Message), Redact(failure.RecommendedAction))
            {
                Status = failure.Status,
                ServiceErrorCode = OrNull(failure.ServiceErrorCode),
                RequestId = OrNull(failure.RequestId),
                CorrelationRequestId = OrNull(failure.CorrelationRequestId),
            };

        string? OrNull(string? part) => part is null ? null : Redact(part);
    }

    // What a script can still read of the response.
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

    /// <summary>The text without the tokens, in whatever case: a host comes back in small letters.</summary>
    public string Redact(string text)
    {
        foreach (string token in tokens.Keys)
            if (text.IndexOf(token, StringComparison.OrdinalIgnoreCase) >= 0)
                text = Regex.Replace(
                    text, Regex.Escape(token), "***", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return text;
    }
}
