namespace CogRecover.Core.Http;

/// <summary>Limits the size of responses. It stands right before the transport.</summary>
internal sealed class ResponseLimitPolicy : HttpPipelinePolicy
{
    // A page is streamed: a thousand accounts have 30 MB. Documents are held in memory and have some kilobytes.
    private const long LargestPage = 256 << 20;
    private const long LargestDocument = 16 << 20;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        Response response = message.Response;
        if (response.ContentStream is not { } content) return;
        bool isPage = !message.BufferResponse && response.Status < 300;
        response.ContentStream = new LimitedStream(content, isPage ? LargestPage : LargestDocument);
        if (isPage || message.BufferResponse) return;

        // A RequestFailedException would read it synchronously.
        var refusal = new MemoryStream();
        using (Stream limited = response.ContentStream)
            await limited.CopyToAsync(refusal, 81920, message.CancellationToken).ConfigureAwait(false);
        refusal.Position = 0;
        response.ContentStream = refusal;
    }
}
