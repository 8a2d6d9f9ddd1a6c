using System.Collections.Concurrent;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Gateway;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Http.Throttling;

/// <summary>An ARM that throttles.</summary>
public abstract class ThrottlingTest : EngineTest
{
    private protected ConcurrentQueue<ThrottleNotice> Notices { get; } = [];

    private protected List<ArmRequest> Writes => [.. Arm.Requests.Where(request => request.Method == "PUT")];

    private protected AccountRecovery Patient(double longestSeconds, ArmSession? session = null) => new(new(
        Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
    {
        RetryDelay = TimeSpan.FromMilliseconds(10),
        PollingDelay = TimeSpan.FromMilliseconds(20),
        Session = session ?? new(),
        LongestThrottling = TimeSpan.FromSeconds(longestSeconds),
        Throttled = Notices.Enqueue,
    });

    /// <summary>Deletes accounts, and looks them up.</summary>
    private protected async Task<List<DeletedCognitiveAccount>> GivenDeletedAsync(int count)
    {
        List<DeletedCognitiveAccount> accounts = [];
        for (int i = 0; i < count; i++) accounts.Add(await GivenDeletedAsync($"account-{i}"));
        return accounts;
    }

    /// <summary>Refuses the first writes once they are all there, and answers the others.</summary>
    private protected void Refuse(int count, string retryAfter, Func<Task> before) => Arm.Intercept = async context =>
    {
        if (context.Request.Method != "PUT" || Interlocked.Decrement(ref count) < 0) return false;
        await before();
        context.Response.Headers.RetryAfter = retryAfter;
        await WriteAsync(context, StatusCodes.Status429TooManyRequests,
            """{"error":{"code":"SubscriptionRequestsThrottled","message":"Too many writes."}}""");
        return true;
    };

    private protected static Task<RestoreOutcome> RestoreAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, IOperationObserver? observer = null,
        CancellationToken? cancellation = null) =>
        recovery.RestoreAsync(account, TimeSpan.FromMinutes(2), observer, cancellationToken: cancellation ?? Cancellation);

    private protected static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Timeout);
        while (!condition()) await Task.Delay(10, limit.Token);
    }
}
