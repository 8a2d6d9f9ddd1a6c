namespace CogRecover.Core.Arm;

/// <summary>Reads the stream of an answer, and changes or counts what comes.</summary>
/// <param name="content">The answer's own stream. It is disposed with this one.</param>
internal abstract class AnswerStream(Stream content) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override bool CanTimeout => content.CanTimeout;

    public override int ReadTimeout
    {
        get => content.ReadTimeout;
        set => content.ReadTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    protected Stream Content => content;

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }
}
