using System.Globalization;
using CogRecover.Core.Http.Throttling;

namespace CogRecover.Engine.Tests.Http.Throttling;

public sealed class ThrottleGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ThrottleGate gate = new(new RequestKind("s1", "writes"));
    private readonly ThrottleCaller caller = new() { State = ThrottleCallerState.Responded };
    private readonly List<ThrottleNotice> notices = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_goes_on_as_soon_as_an_answer_says_that_there_is_room()
    {
        gate.Leave(caller, await EnterAsync(), Answer(200, remaining: 3));
        long second = await EnterAsync();
        Task<long>[] waiting = [.. Enumerable.Range(0, 1000).Select(_ => EnterAsync())];
        await Task.Delay(50, Cancellation);
        Assert.False(waiting[^1].IsCompleted);

        gate.Leave(caller, second, Answer(200, remaining: 5000));

        // From the first answer alone it would be more than a minute and a half.
        await Task.WhenAll(waiting).WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Who_waits_because_few_are_left_is_told_at_what_pace_and_until_when()
    {
        long first = await EnterAsync();
        for (int i = 0; i < 600; i++) await EnterAsync();
        gate.Leave(caller, first, Answer(200, remaining: 0));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task waiting = EnterAsync(stop.Token);

        ThrottleNotice notice = Assert.Single(notices);
        Assert.Equal(("s1", "writes", 10), (notice.SubscriptionId, notice.Kind, notice.PerSecond));
        Assert.InRange(notice.Until - DateTime.UtcNow, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61));
        Assert.StartsWith("Few writes of subscription s1 are left: 10 are sent per second, and all that wait now are sent by ",
            notice.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<ThrottledException>(() => waiting);
    }

    [Fact]
    public async Task Those_who_wait_are_told_once_and_again_when_a_later_refusal_makes_it_longer()
    {
        long[] refused = [await EnterAsync(), await EnterAsync(), await EnterAsync()];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        gate.Leave(caller, refused[0], Answer(429, retryAfter: 60));
        Task[] waiting = [EnterAsync(stop.Token), EnterAsync(stop.Token)];
        Assert.Equal(2, notices.Count);

        gate.Leave(caller, refused[1], Answer(429, retryAfter: 60));
        gate.Leave(caller, refused[2], Answer(429, retryAfter: 600));
        await UntilAsync(() => notices.Count == 4);

        Assert.Same(notices[0], notices[1]);
        Assert.Same(notices[2], notices[3]);
        Assert.InRange(notices[2].Until - notices[0].Until, TimeSpan.FromSeconds(530), TimeSpan.FromSeconds(600));
        await stop.CancelAsync();
        foreach (Task each in waiting) await Assert.ThrowsAsync<ThrottledException>(() => each);
    }

    [Fact]
    public async Task Who_still_waits_when_the_gate_opens_is_told_of_the_pace_then()
    {
        gate.Leave(caller, await EnterAsync(), Answer(429, retryAfter: 1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        List<Task> waiting = [];
        for (int i = 0; i < 300; i++) waiting.Add(EnterAsync(stop.Token));

        await UntilAsync(() => notices.Exists(notice => notice.PerSecond == 10));

        Assert.All(notices.Take(300), notice => Assert.Null(notice.PerSecond));
        await stop.CancelAsync();
        foreach (Task each in waiting)
            await Task.WhenAny(each);
    }

    [Fact]
    public async Task A_wait_of_a_moment_isnt_told()
    {
        long first = await EnterAsync();
        await EnterAsync();
        gate.Leave(caller, first, Answer(200, remaining: 2));

        await EnterAsync().WaitAsync(Patience, Cancellation);

        Assert.Empty(notices);
    }

    private Task<long> EnterAsync(CancellationToken? cancellation = null) =>
        gate.EnterAsync(caller, TimeSpan.FromHours(1), Note, cancellation ?? Cancellation);

    private void Note(ThrottleNotice notice)
    {
        lock (notices) notices.Add(notice);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while (true)
        {
            lock (notices)
                if (condition()) return;
            await Task.Delay(10, limit.Token);
        }
    }

    private static FakeResponse Answer(int status, int? remaining = null, int? retryAfter = null)
    {
        var answer = new FakeResponse(status);
        if (remaining is { } left)
            answer.Add("x-ms-ratelimit-remaining-subscription-writes", left.ToString(CultureInfo.InvariantCulture));
        if (retryAfter is { } seconds) answer.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        return answer;
    }
}
