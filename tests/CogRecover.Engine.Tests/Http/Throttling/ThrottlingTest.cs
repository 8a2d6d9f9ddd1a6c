using System.Collections.Concurrent;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Http.Throttling;

/// <summary>An ARM that throttles.</summary>
public abstract class ThrottlingTest(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    private protected const string Refusal =
        """{"error":{"code":"SubscriptionRequestsThrottled","message":"Too many writes."}}""";

    private protected ConcurrentQueue<ThrottleNotice> Notices { get; } = [];

    /// <summary>How long the notices asked to wait from when they came.</summary>
    private protected ConcurrentQueue<TimeSpan> Waits { get; } = [];

    private protected async Task<List<LoggedRequest>> WritesAsync() =>
        [.. (await Arm.RequestsAsync()).Where(request => request.Method == "PUT")];

    private protected AccountRecovery Patient(double longestSeconds, ArmSession? session = null) => new(new(
        Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
    {
        Transport = Framework.Transport,
        RetryDelay = TimeSpan.FromMilliseconds(10),
        PollingDelay = TimeSpan.FromMilliseconds(20),
        Session = session ?? new(),
        LongestThrottling = TimeSpan.FromSeconds(longestSeconds),
        Throttled = notice =>
        {
            Waits.Enqueue(notice.Until - DateTime.UtcNow);
            Notices.Enqueue(notice);
        },
    });

    /// <summary>Deletes accounts, and looks them up.</summary>
    private protected async Task<List<DeletedCognitiveAccount>> GivenDeletedAsync(int count)
    {
        List<DeletedCognitiveAccount> accounts = [];
        for (int i = 0; i < count; i++) accounts.Add(await GivenDeletedAsync($"account-{i}"));
        return accounts;
    }

    /// <summary>Refuses the first requests of a method, and answers the others.</summary>
    private protected Task RefuseAsync(
        int? count, string? retryAfter, string method = "PUT", string? milliseconds = null)
    {
        var refusal = new Fault
        {
            Kind = FaultKind.Status, Status = 429, Body = Refusal, Method = method, Times = count,
            RetryAfter = retryAfter,
        };
        if (milliseconds is not null) refusal.Headers["retry-after-ms"] = milliseconds;
        return Arm.SetFaultsAsync(refusal);
    }

    private protected static Task<RestoreOutcome> RestoreAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, IOperationObserver? observer = null,
        CancellationToken? cancellation = null) =>
        RestoreAsync(recovery, account, TimeSpan.FromMinutes(2), observer, cancellation);

    private protected static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));
}
