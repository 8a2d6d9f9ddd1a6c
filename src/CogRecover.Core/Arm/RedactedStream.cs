namespace CogRecover.Core.Arm;

/// <summary>Reads an answer, with stars in place of a secret wherever it stands.</summary>
/// <param name="content">The answer's own stream. It is disposed with this one.</param>
/// <param name="secret">The secret's bytes: one at least.</param>
internal sealed class RedactedStream(Stream content, byte[] secret) : AnswerStream(content)
{
    private readonly byte[] buffer = new byte[(64 * 1024) + secret.Length];

    // What may be handed on, and after it what may be the secret's beginning.
    private int start;
    private int clean;
    private int end;
    private bool isAtEnd;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (start == clean && !isAtEnd) Fill(Content.Read(this.buffer, MakeRoom(), this.buffer.Length - end));
        return Take(buffer, offset, count);
    }

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (start == clean && !isAtEnd)
            Fill(await Content.ReadAsync(this.buffer, MakeRoom(), this.buffer.Length - end, cancellationToken)
                .ConfigureAwait(false));
        return Take(buffer, offset, count);
    }

    private int MakeRoom()
    {
        Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
        (start, clean, end) = (0, clean - start, end - start);
        return end;
    }

    private void Fill(int read)
    {
        isAtEnd = read == 0;
        end += read;
        for (int at; (at = Unread().IndexOf(secret)) >= 0; clean += at + secret.Length)
            Unread().Slice(at, secret.Length).Fill((byte)'*');
        clean = isAtEnd ? end : Math.Max(clean, end - secret.Length + 1);
        while (clean < end && !secret.AsSpan().StartsWith(Unread()))
        {
            int next = Unread().Slice(1).IndexOf(secret[0]);
            clean = next < 0 ? end : clean + 1 + next;
        }
    }

    private Span<byte> Unread() => buffer.AsSpan(clean, end - clean);

    private int Take(byte[] target, int offset, int count)
    {
        int taken = Math.Min(count, clean - start);
        Buffer.BlockCopy(buffer, start, target, offset, taken);
        start += taken;
        return taken;
    }
}
