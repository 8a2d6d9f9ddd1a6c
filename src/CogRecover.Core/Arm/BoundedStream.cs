namespace CogRecover.Core.Arm;

/// <summary>Reads an answer, and fails when it has more than is to be expected of it.</summary>
/// <param name="content">The answer's own stream. It is disposed with this one.</param>
/// <param name="most">The most bytes it may have.</param>
internal sealed class BoundedStream(Stream content, long most) : AnswerStream(content)
{
    private long read;

    public override int Read(byte[] buffer, int offset, int count) => Count(Content.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Count(await Content.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    private int Count(int count) => (read += count) <= most ? count : throw new TooLargeException(most);
}

/// <summary>An answer is larger than is to be expected. Asking again would be as long.</summary>
/// <param name="most">How many bytes are expected at most.</param>
internal sealed class TooLargeException(long most) : Exception($"it is larger than {most >> 20} MB");
