namespace CogRecover.Core.Tests.Engine;

/// <summary>A stream that comes as a test says.</summary>
/// <param name="read">Fills the buffer, and says how far; zero: the end.</param>
internal sealed class ScriptedStream(Func<Memory<byte>, CancellationToken, Task<int>> read) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>A stream whose every read ends at once, with no more than the given count of bytes.</summary>
    public static ScriptedStream AtHand(byte[] content, int size = int.MaxValue)
    {
        int at = 0;
        return new((buffer, _) => Task.FromResult(Next(content, ref at, size, buffer)));
    }

    public static int Next(byte[] content, ref int at, int size, Memory<byte> buffer)
    {
        int count = Math.Min(Math.Min(size, buffer.Length), content.Length - at);
        content.AsMemory(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        read(buffer.AsMemory(offset, count), cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(read(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
