using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Http;

/// <summary>Tells the caller of each request that is sent, a retry included.</summary>
internal sealed class RequestLogPolicy(ArmConnection connection) : HttpPipelinePolicy
{
    private const int LongestBody = 16 * 1024;

    private static readonly string[] SecretHeaders = ["Authorization", "Cookie", "Set-Cookie", "WWW-Authenticate"];

    // No answer that CogRecover asks for has any: this is for what a proxy, or a later version, puts there.
    private static readonly Regex SecretValues = new(
        "(\"(?:key[12]|\\w*(?:password|secret|token|accessKey|apiKey|connectionString))\"\\s*:\\s*)\"[^\"]*\"",
        RegexOptions.IgnoreCase);

    // The address of an operation is signed.
    private static readonly Regex SecretQuery = new(@"(?<=[?&](?!api-version|\$)[^=&\s]+=)[^&\s]+");

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (connection.Requested is not { } tell)
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            return;
        }

        var watch = Stopwatch.StartNew();
        Response? answer = null;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            answer = message.Response;
        }
        finally
        {
            Request request = message.Request;
            string? correlation = null;
            answer?.Headers.TryGetValue("x-ms-correlation-request-id", out correlation);
            tell(new RequestNotice(
                request.Method.Method, Uri.UnescapeDataString(request.Uri.Path),
                answer?.Status, watch.Elapsed,
                message.ProcessingContext.RetryNumber + 1,
                correlation,
                connection.RequestsInDetail ? await DescribeAsync(message, answer).ConfigureAwait(false) : null));
        }
    }

    private async Task<string> DescribeAsync(HttpMessage message, Response? answer)
    {
        Request request = message.Request;
        var text = new StringBuilder();
        text.Append(request.Method.Method).Append(' ').AppendLine(Redact(request.Uri.ToString()));
        foreach (HttpHeader header in request.Headers) Append(text, header);
        if (request.Content is { } content)
        {
            using var body = new MemoryStream();
            await content.WriteToAsync(body, default).ConfigureAwait(false);
            Append(text, body);
        }

        if (answer is null) return text.Append("There was no answer.").ToString();
        text.AppendLine().Append(answer.Status).Append(' ').AppendLine(answer.ReasonPhrase);
        foreach (HttpHeader header in answer.Headers) Append(text, header);
        if (answer.ContentStream is MemoryStream buffered) Append(text, buffered);
        else if (answer.ContentStream is not null) text.AppendLine("(a list, which isn't held in memory)");
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, HttpHeader header) =>
        text.Append(header.Name).Append(": ").AppendLine(
        SecretHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase) ? "***" : Redact(header.Value));

    private void Append(StringBuilder text, MemoryStream body)
    {
        // Half a token isn't found any more.
        string all = connection.Redaction.Redact(Encoding.UTF8.GetString(body.ToArray()));
        string shown = all.Length <= LongestBody ? all : all.Substring(0, LongestBody);
        text.AppendLine(SecretValues.Replace(shown, "$1\"***\""));
        if (shown.Length < all.Length) text.Append("… ").Append(all.Length - shown.Length).AppendLine(" characters more");
    }

    private static string Redact(string text) => SecretQuery.Replace(text, "***");
}
