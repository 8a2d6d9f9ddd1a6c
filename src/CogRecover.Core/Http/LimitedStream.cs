namespace CogRecover.Core.Http;

/// <summary>A response that must not be larger than expected.</summary>
/// <param name="content">The response's stream. It is disposed with this one.</param>
/// <param name="most">How many bytes it may have.</param>
internal sealed class LimitedStream(Stream content, long most) : Stream
{
    private long read;
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override bool CanTimeout => content.CanTimeout;
    public override int ReadTimeout { get => content.ReadTimeout; set => content.ReadTimeout = value; }
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => Seek(value, SeekOrigin.Begin); }

    public override int Read(byte[] buffer, int offset, int count) => Count(content.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Count(await content.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int count) => (read += count) <= most ? count : throw new ResponseTooLargeException(most);
}

/// <summary>A response is larger than expected. A retry wouldn't help.</summary>
/// <param name="most">How many bytes it may have.</param>
internal sealed class ResponseTooLargeException(long most) : Exception($"it is larger than {most >> 20} MB");
