using System.Text;
using System.Text.Json;
using CogRecover.Core.Arm.Lists;

namespace CogRecover.Core.Tests.Engine;

public sealed class PageReaderTests
{
    private const string Page = """
         { "skipped": { "value": [ { "id": 1 } ], "nextLink": "no", "deep": [[{ "a": "]}\"" }], 1.5e3, null ] },
        "value": [ { "kind": null, "id": "\u00e9\ud83d\ude00 é😀", "list": [ { "id": [1, 2] } ],
        "sku": { "tier": "\"}]", "name": "S\u0030" } }, {}, { "sku": "S0" }, 7, [ true ] , "\\" ],
        "count": -12.5e3, "nextLink": "https:\/\/\u0061/?x=1&y=é" , "last": { } }

        """;

    private static readonly JsonShape Shape = new(("id", JsonShape.Whole), ("sku", new(("name", JsonShape.Whole))));

    private static readonly string[] Entries =
    [
        """{"id":"\u00e9\ud83d\ude00 é😀","sku":{"name":"S\u0030"}}""", "{}", """{"sku":"S0"}""", "7", "[ true ]",
        """
        "\\"
        """,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public async Task A_page_is_the_same_in_whatever_pieces_it_comes(int size)
    {
        byte[] page = WithByteOrderMark(Page);
        var slow = new SlowStream(page, _ => size);

        foreach (Read read in new[]
        {
            await ReadAsync(ScriptedStream.AtHand(page, size)),
            await ReadAsync(slow.Stream, slow),
        })
        {
            Assert.Equal(Entries, read.Entries);
            Assert.Equal("https://a/?x=1&y=é", read.NextLink.GetString());
        }
    }

    [Fact]
    public async Task A_page_is_the_same_wherever_it_is_cut_in_two()
    {
        byte[] page = WithByteOrderMark(Page);
        for (int cut = 1; cut < page.Length; cut++)
        {
            var slow = new SlowStream(page, at => at < cut ? cut - at : int.MaxValue);

            Read read = await ReadAsync(slow.Stream, slow);

            Assert.Equal(Entries, read.Entries);
            Assert.Equal("https://a/?x=1&y=é", read.NextLink.GetString());
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(65536)]
    [InlineData(100_003)]
    public async Task Entries_larger_than_the_buffer_come_out_whole(int size)
    {
        int[] lengths = [10, 70_000, 3_000, 300_000, 65_536, 20, 20_000, 50_000, 60_000, 1];
        string[] entries = [.. lengths.Select((length, i) => $$"""{"id":"{{new string((char)('a' + i), length)}}"}""")];
        byte[] page = Encoding.UTF8.GetBytes($$"""{"value":[{{string.Join(",", entries)}}],"nextLink":"n"}""");
        var slow = new SlowStream(page, _ => size);

        Assert.Equal(entries, (await ReadAsync(ScriptedStream.AtHand(page, size))).Entries);
        Assert.Equal(entries, (await ReadAsync(slow.Stream, slow)).Entries);
    }

    [Fact]
    public async Task An_entry_comes_out_before_the_next_has_arrived()
    {
        byte[] begun = """{"value":[{"id":"one"},{"id":"tw"""u8.ToArray();
        int at = 0;
        using var reader = new PageReader(new ScriptedStream(async (buffer, cancellation) =>
        {
            if (at == begun.Length) await Task.Delay(-1, cancellation);
            return ScriptedStream.Next(begun, ref at, int.MaxValue, buffer);
        }), Shape);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        stop.CancelAfter(TimeSpan.FromSeconds(20));

        using JsonDocument? entry = await reader.ReadAsync(stop.Token);

        Assert.Equal("one", entry!.RootElement.GetProperty("id").GetString());
        ValueTask<JsonDocument?> next = reader.ReadAsync(stop.Token);
        Assert.False(next.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Theory]
    [InlineData("""{"value":[1],"nextLink":"n"}""")]
    [InlineData("""{"nextLink":"n","value":[1]}""")]
    [InlineData("""{"nextLink":"n","a":{"value":[9],"nextLink":"no"},"value":[1],"b":[[],{"value":[8]}]}""")]
    [InlineData("""{"a":null,"n\u0065xtLink":"\u006e","b":"value","v\u0061lue":[1],"c":1}""")]
    public async Task The_members_of_a_page_come_in_any_order(string page)
    {
        Read read = await ReadAsync(page);

        Assert.Equal(["1"], read.Entries);
        Assert.Equal("n", read.NextLink.GetString());
    }

    [Theory]
    [InlineData("""{"value":[]}""", JsonValueKind.Undefined)]
    [InlineData("""{"value":[],"nextLink":null}""", JsonValueKind.Null)]
    [InlineData("""{"nextLink":{"a":[1]},"value":[]}""", JsonValueKind.Object)]
    public async Task A_nextLink_is_kept_as_it_is(string page, JsonValueKind expected)
    {
        Read read = await ReadAsync(page);

        Assert.Empty(read.Entries);
        Assert.Equal(expected, read.NextLink.ValueKind);
    }

    [Fact]
    public async Task What_ends_too_early_is_no_page()
    {
        byte[] page = WithByteOrderMark(Page.TrimEnd());
        for (int length = 1; length < page.Length; length++)
        {
            await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(ScriptedStream.AtHand(page[..length])));
            await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(ScriptedStream.AtHand(page[..length], 1)));
        }
    }

    [Theory]
    [InlineData("""{"value":[]}x""")]
    [InlineData("""{"value":[]}{}""")]
    [InlineData("""{"value":[]}]""")]
    [InlineData("""{"value":[{"id":1},]}""")]
    [InlineData("""{"value":[{"id":1}{"id":2}]}""")]
    [InlineData("""{"value":[{"id":1,"a":}]}""")]
    [InlineData("""{"value":[{"a":01}]}""")]
    [InlineData("""{"value":[],"a":[}]}""")]
    [InlineData("<html>")]
    public Task What_isnt_json_is_no_page(string page) =>
        Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(page));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"nextLink":"n","a":{"value":[]}}""")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":"text"}""")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":null,"value":[]}""")]
    [InlineData("""{"value":[],"value":{}}""")]
    public async Task What_has_no_list_is_no_page(string page)
    {
        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => ReadAsync(page));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
    }

    private static byte[] WithByteOrderMark(string text) =>
        [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)];

    private static Task<Read> ReadAsync(string page) =>
        ReadAsync(ScriptedStream.AtHand(Encoding.UTF8.GetBytes(page)));

    private static async Task<Read> ReadAsync(Stream stream, SlowStream? slow = null)
    {
        using var reader = new PageReader(stream, Shape);
        List<string> entries = [];
        while (true)
        {
            ValueTask<JsonDocument?> next = reader.ReadAsync(Cancellation);
            using JsonDocument? entry = await (slow?.FeedAsync(next) ?? next.AsTask());
            if (entry is null) return new(entries, reader.NextLink);
            entries.Add(entry.RootElement.GetRawText());
        }
    }

    private sealed record Read(List<string> Entries, JsonElement NextLink);
}
