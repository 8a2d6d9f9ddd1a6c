using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Arm;

/// <summary>
/// Bounds what is read of an answer, whatever its length, and takes the caller's token out of it, which a server may
/// quote: what an answer says is shown. It stands right before the transport.
/// </summary>
internal sealed class AnswerPolicy : HttpPipelinePolicy
{
    // A page of a list streams, and a thousand accounts have 30 MB; the others are held in memory, and Azure's have some
    // kilobytes.
    private const long LargestPage = 256 << 20;
    private const long LargestAnswer = 16 << 20;
    private const long LargestError = 1 << 20;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        Response answer = message.Response;
        if (answer.ContentStream is not { } content) return;
        if (answer.Status < 300)
        {
            answer.ContentStream = new BoundedStream(content, message.BufferResponse ? LargestAnswer : LargestPage);
            return;
        }

        string error = await ReadErrorAsync(content, message.CancellationToken).ConfigureAwait(false);
        content.Dispose();
        answer.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(error));
    }

    // What comes after that much is left unread: the status says more than it.
    private static async Task<string> ReadErrorAsync(Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        var read = new MemoryStream();
        while (read.Length < LargestError)
        {
            int count = await content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
            if (count == 0) break;
            read.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }
}
