namespace CogRecover.Core.Http;

/// <summary>Notifies the caller of each request that is sent, also of retries.</summary>
internal sealed class RequestLogPolicy(ArmConnection connection) : HttpPipelinePolicy
{
    private const int LongestBody = 16 * 1024;

    private static readonly string[] SecretHeaders = ["Authorization", "Cookie", "Set-Cookie", "WWW-Authenticate"];

    // No response has any today; one of a proxy, or of a later version of the service, might.
    private static readonly Regex SecretValues = new(
        "(\"(?:key[12]|\\w*(?:password|secret|token|accessKey|apiKey|connectionString))\"\\s*:\\s*)\"[^\"]*\"",
        RegexOptions.IgnoreCase);

    // The address of an operation is signed.
    private static readonly Regex SecretQuery = new(@"(?<=[?&](?!api-version|\$)[^=&\s]+=)[^&\s]+");

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (connection.Requested is not { } notify)
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            return;
        }

        var watch = Stopwatch.StartNew();
        Response? response = null;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            response = message.Response;
        }
        finally
        {
            string? correlation = null;
            response?.Headers.TryGetValue("x-ms-correlation-request-id", out correlation);
            notify(new RequestNotice(
                message.Request.Method.Method, Uri.UnescapeDataString(message.Request.Uri.Path), response?.Status,
                watch.Elapsed, message.ProcessingContext.RetryNumber + 1, correlation,
                connection.RequestsInDetail
                    ? await DescribeAsync(message.Request, response).ConfigureAwait(false)
                    : null));
        }
    }

    private async Task<string> DescribeAsync(Request request, Response? response)
    {
        var text = new StringBuilder();

        // TrustedHostPolicy shows https to Azure.Core where http is used.
        string address = connection.Endpoint.Scheme + request.Uri.ToString().Substring(request.Uri.Scheme!.Length);
        text.Append(request.Method.Method).Append(' ').AppendLine(Redact(address));
        foreach (HttpHeader header in request.Headers) Append(text, header);
        if (request.Content is { } content)
        {
            using var body = new MemoryStream();
            await content.WriteToAsync(body, default).ConfigureAwait(false);
            Append(text, body);
        }

        if (response is null) return text.Append("There was no answer.").ToString();
        text.AppendLine().Append(response.Status).Append(' ').AppendLine(response.ReasonPhrase);
        foreach (HttpHeader header in response.Headers) Append(text, header);
        if (response.ContentStream is MemoryStream buffered) Append(text, buffered);
        else if (response.ContentStream is not null) text.AppendLine("(a list, which isn't held in memory)");
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, HttpHeader header) =>
        text.Append(header.Name).Append(": ").AppendLine(
            SecretHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase) ? "***" : Redact(header.Value));

    private void Append(StringBuilder text, MemoryStream body)
    {
        // Redacted before it is cut: half a secret wouldn't be found.
        string all = SecretValues.Replace(
            connection.Redaction.Redact(Encoding.UTF8.GetString(body.ToArray())), "$1\"***\"");
        string shown = all.Length <= LongestBody ? all : all.Substring(0, LongestBody);
        text.AppendLine(shown);
        int more = all.Length - shown.Length;
        if (more > 0) text.Append("… ").Append(more).AppendLine(" characters more");
    }

    private static string Redact(string text) => SecretQuery.Replace(text, "***");
}
