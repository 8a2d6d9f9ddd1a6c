using System.Runtime.CompilerServices;
using System.Text;
using CogRecover.Core.Arm.Lists;

namespace CogRecover.Core.Tests.Engine;

/// <summary>Pages that aren't read to their end.</summary>
public sealed class UnfinishedPageTests
{
    private static readonly JsonShape Shape = new(("id", JsonShape.Whole));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"value":[{"id":"one"},{"id":" """)]
    [InlineData("""{"value":[{"id":"one"},{"skipped":" """)]
    [InlineData("""{"value":[{"id":"one"}],"skipped":" """)]
    public async Task Something_beyond_all_measure_isnt_read_to_its_end(string begun)
    {
        byte[] head = Encoding.UTF8.GetBytes(begun);
        long read = 0;
        using var reader = new PageReader(new ScriptedStream((buffer, _) =>
        {
            Assert.True(read < 64 << 20, "It goes on reading.");
            int at = 0;
            int count = read == 0 ? ScriptedStream.Next(head, ref at, int.MaxValue, buffer) : buffer.Length;
            if (read > 0) buffer.Span.Fill((byte)'a');
            read += count;
            return Task.FromResult(count);
        }), Shape);
        Assert.NotNull(await reader.ReadAsync(Cancellation));

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            async () => await reader.ReadAsync(Cancellation));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("16 MB", failure.Message, StringComparison.Ordinal);
        Assert.True(read > 16 << 20);
    }

    [Fact]
    public async Task What_came_before_the_connection_broke_is_read()
    {
        byte[] begun = """{"value":[{"id":"one"},{"id":"two"},{"id":"""u8.ToArray();
        int at = 0;
        using var reader = new PageReader(new ScriptedStream((buffer, _) => at == begun.Length
            ? Task.FromException<int>(new IOException())
            : Task.FromResult(ScriptedStream.Next(begun, ref at, 12, buffer))), Shape);

        Assert.NotNull(await reader.ReadAsync(Cancellation));
        Assert.NotNull(await reader.ReadAsync(Cancellation));
        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Nobody_misses_how_a_read_ended_that_was_pending_when_the_reader_was_disposed()
    {
        var lost = new IOException("The connection is gone.");
        List<Exception> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved) unobserved.AddRange(e.Exception.InnerExceptions);
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await DisposeWhileReadingAsync(lost);
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        lock (unobserved) Assert.DoesNotContain(lost, unobserved);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task DisposeWhileReadingAsync(Exception failure)
    {
        var pending = new TaskCompletionSource<int>();
        byte[] begun = """{"value":[{"id":"one"},"""u8.ToArray();
        int at = 0;
        using (var reader = new PageReader(new ScriptedStream((buffer, _) => at == begun.Length
            ? pending.Task
            : Task.FromResult(ScriptedStream.Next(begun, ref at, int.MaxValue, buffer))), Shape))
            Assert.NotNull(await reader.ReadAsync(Cancellation));
        pending.SetException(failure);
    }
}
