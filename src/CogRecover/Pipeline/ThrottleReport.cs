using System.Collections.Concurrent;
using CogRecover.Core.Arm.Throttling;

namespace CogRecover.Pipeline;

/// <summary>Keeps what the engine says of throttling, until the pipeline thread shows it.</summary>
internal sealed class ThrottleReport
{
    private readonly ConcurrentQueue<ThrottleNotice> untold = new();
    private volatile ThrottleNotice? last;

    /// <summary>What a progress bar has to say now; null for nothing.</summary>
    public string? Status => last is { } notice && notice.Until > DateTime.UtcNow ? notice.ToString() : null;

    /// <summary>Takes note, from whatever thread.</summary>
    public void Note(ThrottleNotice notice)
    {
        untold.Enqueue(notice);
        last = notice;
    }

    /// <summary>What hasn't been told yet.</summary>
    public IEnumerable<string> Take()
    {
        while (untold.TryDequeue(out ThrottleNotice? notice)) yield return $"{notice}. Everything of that kind waits.";
    }
}
