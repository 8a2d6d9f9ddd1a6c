using System.Text.Json;

namespace CogRecover.Core.Arm.Lists;

/// <summary>
/// Reads a page of a list, <c>{"value":[…],"nextLink":"…"}</c> with its members in any order, from the stream that it
/// comes in: entry by entry, as they arrive, and never more of it in memory than one entry and a buffer.
/// </summary>
/// <param name="content">The page, in UTF-8. It isn't disposed.</param>
/// <param name="shape">What is needed of an entry.</param>
internal sealed class PageReader(Stream content, JsonShape shape) : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    // No account comes near: recorded ones have 3 to 30 KB.
    private const int LargestEntry = 16 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly MemoryStream copied = new();
    private readonly Utf8JsonWriter copy = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private Task<int>? arriving;
    private bool isAtEnd;
    private JsonReaderState state;
    private Place place = Place.BeforePage;
    private bool hasList;

    private enum Place
    {
        BeforePage,
        InPage,
        InList,
        AfterPage,
    }

    /// <summary>The page's <c>nextLink</c>, whatever it is, once the page is read; undefined if it has none.</summary>
    public JsonElement NextLink { get; private set; }

    /// <summary>The next entry of the page; null after the last.</summary>
    /// <exception cref="JsonException">The page isn't JSON.</exception>
    /// <exception cref="RecoveryException">There is no list in it, or an entry is beyond all measure.</exception>
    public async ValueTask<JsonDocument?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (end > 0 && Advance() is { } entry) return entry;
            if (isAtEnd) return hasList ? null : throw RecoveryErrors.InvalidResponse("there is no list in it");
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        copy.Dispose();

        // It ends with the stream, and how it ended matters to nobody.
        arriving?.ContinueWith(
            read => read.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Reads on in the buffer, up to the end of the next entry or of what is whole in it.</summary>
    private JsonDocument? Advance()
    {
        if (place == Place.BeforePage && buffer.AsSpan(start, end - start).StartsWith(ByteOrderMark))
            start += ByteOrderMark.Length;
        ReadOnlySpan<byte> unread = buffer.AsSpan(start, end - start);
        var reader = new Utf8JsonReader(unread, isAtEnd, state);
        JsonDocument? entry = null;
        long consumed = 0;
        while (entry is null && TryStep(ref reader, unread, out entry))
        {
            state = reader.CurrentState;
            consumed = reader.BytesConsumed;
        }

        start += (int)consumed;
        return entry;
    }

    /// <returns>Whether there was a whole step in the buffer.</returns>
    private bool TryStep(ref Utf8JsonReader reader, ReadOnlySpan<byte> unread, out JsonDocument? entry)
    {
        entry = null;
        if (!reader.Read()) return false;
        switch (place)
        {
            case Place.BeforePage when reader.TokenType == JsonTokenType.StartObject:
                place = Place.InPage;
                return true;
            case Place.InPage when reader.TokenType == JsonTokenType.EndObject:
                place = Place.AfterPage;
                return true;
            case Place.InPage when JsonShape.IsNamed(ref reader, "value"u8):
                if (!reader.Read()) return false;
                if (reader.TokenType != JsonTokenType.StartArray) goto default;
                place = Place.InList;
                return hasList = true;
            case Place.InPage when JsonShape.IsNamed(ref reader, "nextLink"u8):
                if (!reader.Read() || !JsonDocument.TryParseValue(ref reader, out JsonDocument? nextLink)) return false;
                using (nextLink) NextLink = nextLink.RootElement.Clone();
                return true;
            case Place.InPage:
                return reader.TrySkip();
            case Place.InList when reader.TokenType == JsonTokenType.EndArray:
                place = Place.InPage;
                return true;
            case Place.InList:
                return TryCopy(ref reader, unread, out entry);
            default:
                throw RecoveryErrors.InvalidResponse("there is no list in it");
        }
    }

    private bool TryCopy(ref Utf8JsonReader reader, ReadOnlySpan<byte> unread, out JsonDocument? entry)
    {
        entry = null;
        copied.SetLength(0);
        copy.Reset(copied);
        if (!shape.TryCopy(ref reader, unread, copy)) return false;
        copy.Flush();
        entry = JsonDocument.Parse(copied.GetBuffer().AsMemory(0, (int)copied.Length));
        return true;
    }

    /// <summary>
    /// Reads on in the stream: all that is at hand, for what has begun is scanned from its beginning each time, and a
    /// large one isn't for every packet of it. What isn't at hand yet arrives while the rest is scanned.
    /// </summary>
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        int begun = end - start;
        int enough = begun < FirstBuffer ? ByteOrderMark.Length : begun * 2;
        if (arriving is null) MakeRoom();
        do
        {
            arriving ??= content.ReadAsync(buffer, end, buffer.Length - end, cancellationToken);
            int read = await arriving.ConfigureAwait(false);
            arriving = null;
            end += read;
            isAtEnd = read == 0;
            if (isAtEnd || end == buffer.Length) return;
            arriving = content.ReadAsync(buffer, end, buffer.Length - end, cancellationToken);

            // What came before it broke counts.
            if (arriving.IsFaulted || arriving.IsCanceled) return;
        }
        while (arriving.IsCompleted || end - start < enough);
    }

    private void MakeRoom()
    {
        int begun = end - start;
        if (begun > LargestEntry) throw RecoveryErrors.InvalidResponse("an entry of its list is larger than 16 MB");
        byte[] room = begun > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, start, room, 0, begun);
        (buffer, start, end) = (room, 0, begun);
    }
}
