using System.Text;
using CogRecover.Core.Arm;
using FsCheck;
using FsCheck.Xunit;

namespace CogRecover.Core.Tests.Engine;

/// <summary>A token is taken out of an answer however that comes.</summary>
public sealed class RedactedStreamTests
{
    private const string Secret = "eeyeey.eeyeez";

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("eeyeey.eeyeez")]
    [InlineData("You sent Bearer eeyeey.eeyeez.")]
    [InlineData("eeyeeyeey.eeyeeyeey.eeyeezeeyeey.eeyeez")]
    [InlineData("eeyeey.eeyee")]
    [InlineData("eeeeeeeeyeey.eeyeezeeee")]
    public async Task A_secret_is_starred_out_wherever_reads_end(string answer)
    {
        string stars = answer.Replace(Secret, new string('*', Secret.Length), StringComparison.Ordinal);
        for (int size = 1; size <= answer.Length + 1; size++)
            for (int wanted = 1; wanted < 20; wanted++)
                Assert.Equal(stars, await ReadAsync(answer, size, wanted));
    }

    [Property]
    public bool What_isnt_secret_comes_as_it_is(NonNull<string> before, NonNull<string> after, PositiveInt size)
    {
        string answer = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(before.Get + Secret + after.Get));
        string read = ReadAsync(answer, size.Get, wanted: 7).GetAwaiter().GetResult();
        return read == answer.Replace(Secret, new string('*', Secret.Length), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(string answer, int size, int wanted)
    {
        var stream = new RedactedStream(
            ScriptedStream.AtHand(Encoding.UTF8.GetBytes(answer), size), Encoding.UTF8.GetBytes(Secret));
        var read = new MemoryStream();
        byte[] buffer = new byte[wanted];
        for (int count; (count = await stream.ReadAsync(buffer.AsMemory())) > 0;) read.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(read.ToArray());
    }
}
