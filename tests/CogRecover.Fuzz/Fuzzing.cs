using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Trace = SharpFuzz.Common.Trace;

namespace CogRecover.Fuzz;

/// <summary>
/// Changes the inputs that it knows, at random, and keeps those that reach what no input has reached before: what
/// afl-fuzz and libFuzzer do, without either.
/// </summary>
internal sealed unsafe class Fuzzing
{
    private const int MapSize = 1 << 16;
    private const int LongestInput = 64 * 1024;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    // What bytes alone would take long to come up with.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "\"value\":", "\"nextLink\":", "[", "]", "{", "}", "\\ud800", "\\u0000", "null", "1e999", "\uFEFF", "\"id\":\"",
            "/subscriptions/", "%2F", "..", "\"properties\":{", "\"deletionDate\":\"2026-01-01T00:00:00Z\"", ",", ":", "\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random random;
    private readonly byte* map;
    private readonly bool[] reached = new bool[MapSize * 8];
    private readonly List<byte[]> inputs = [];

    public Fuzzing(int seed)
    {
        random = new Random(seed);
        map = (byte*)NativeMemory.AllocZeroed(MapSize);
        Trace.SharedMem = map;
    }

    /// <summary>Runs one input.</summary>
    /// <returns>0; a failure is thrown.</returns>
    public static int RunOne(byte[] input)
    {
        _ = new Fuzzing(0);
        ListTarget.Run(input);
        Console.WriteLine("It copes.");
        return 0;
    }

    /// <summary>Runs changed inputs until the time is over, or one fails: that is written to a file.</summary>
    /// <returns>0 if none failed, else 1.</returns>
    public int Run(TimeSpan time, CancellationToken cancellationToken)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus")).Order())
            Try([63, .. File.ReadAllBytes(file)]);
        var watch = Stopwatch.StartNew();
        (long runs, TimeSpan told) = (0, TimeSpan.Zero);
        while (watch.Elapsed < time && !cancellationToken.IsCancellationRequested)
        {
            byte[] input = Change(inputs[random.Next(inputs.Count)]);
            if (!Try(input)) return 1;
            runs++;
            if (watch.Elapsed - told < TimeSpan.FromSeconds(30)) continue;
            told = watch.Elapsed;
            Console.WriteLine($"{told:mm\\:ss} {Summary()}");
        }

        Console.WriteLine($"{Summary()}; no crash, no hang");
        return 0;

        string Summary() => $"{runs:N0} runs, {inputs.Count} inputs kept, {reached.Count(one => one):N0} counts reached";
    }

    private bool Try(byte[] input)
    {
        new Span<byte>(map, MapSize).Clear();
        Trace.PrevLocation = 0;
        Exception? failure = null;
        var run = Task.Run(() => ListTarget.Run(input));
        try
        {
            if (!run.Wait(Hang)) failure = new TimeoutException($"It takes longer than {Hang}.");
        }
        catch (AggregateException e)
        {
            failure = e.InnerException;
        }

        if (failure is not null)
        {
            string file = Path.GetFullPath($"failed-{DateTime.UtcNow:yyyyMMdd-HHmmss}.bin");
            File.WriteAllBytes(file, input);
            Console.WriteLine($"{file}: {failure}");
            return false;
        }

        if (ReachesMore()) inputs.Add(input);
        return true;
    }

    /// <summary>Whether a branch was taken that never was, or more often: 1, 2, 4, … times.</summary>
    private bool ReachesMore()
    {
        bool isMore = false;
        for (int i = 0; i < MapSize; i++)
        {
            if (map[i] == 0) continue;
            ref bool known = ref reached[i * 8 + (int)Math.Log2(map[i])];
            isMore |= !known;
            known = true;
        }

        return isMore;
    }

    private byte[] Change(byte[] input)
    {
        List<byte> changed = [.. input];
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            int at = random.Next(changed.Count);
            int length = Math.Min(random.Next(1, 40), changed.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1 when changed.Count > length:
                    changed.RemoveRange(at, length);
                    break;
                case 2:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 3:
                    byte[] other = inputs[random.Next(inputs.Count)];
                    int from = random.Next(other.Length);
                    changed.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                    break;
                default:
                    changed.InsertRange(at, Words[random.Next(Words.Length)]);
                    break;
            }
        }

        return [.. changed.Take(LongestInput)];
    }
}
