using System.Collections.Concurrent;
using CogRecover.Core.Arm;
using CogRecover.Core.Arm.Throttling;

namespace CogRecover.Pipeline;

/// <summary>Keeps what the engine says, from whatever thread, until the pipeline thread shows it.</summary>
internal sealed class EngineMessages
{
    private readonly ConcurrentQueue<(bool IsDebug, string Text)> untold = new();
    private readonly ConcurrentDictionary<(string? SubscriptionId, string Kind), ThrottleNotice> throttling = new();

    /// <summary>What a progress bar has to say of throttling now, the longest wait; null for nothing.</summary>
    public string? ThrottleStatus => throttling.Values
        .Where(notice => notice.Until > DateTime.UtcNow)
        .OrderByDescending(notice => notice.Until)
        .FirstOrDefault()?.ToString();

    /// <summary>Takes note of throttling.</summary>
    public void Note(ThrottleNotice notice)
    {
        untold.Enqueue((false, notice.PerSecond is null ? $"{notice}. Everything of that kind waits." : $"{notice}."));
        throttling[(notice.SubscriptionId, notice.Kind)] = notice;
    }

    /// <summary>Takes note of a request.</summary>
    public void Note(RequestNotice notice)
    {
        untold.Enqueue((false, notice.ToString()));
        if (notice.Details is { } details) untold.Enqueue((true, details));
    }

    /// <summary>What hasn't been told yet, in order, and whether it is for those only who debug.</summary>
    public IEnumerable<(bool IsDebug, string Text)> Take()
    {
        while (untold.TryDequeue(out (bool IsDebug, string Text) message)) yield return message;
    }
}
