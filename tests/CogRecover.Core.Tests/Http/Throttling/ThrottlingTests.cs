using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;

namespace CogRecover.Core.Tests.Http.Throttling;

public sealed class ThrottlingTests : ThrottlingTest
{
    [Fact]
    public async Task Many_refusals_at_once_are_one_notice()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(6);
        AccountRecovery recovery = Patient(120);

        // The first goes ahead alone.
        await RestoreAsync(recovery, accounts[5]);
        accounts.RemoveAt(5);
        List<Observer> observers = [.. accounts.Select(_ => new Observer())];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Refuse(5, retryAfter: "60", before: () => UntilAsync(() => Writes.Count == 6));

        List<Task<RestoreOutcome>> restores = [.. accounts.Zip(observers, (account, observer) =>
            RestoreAsync(recovery, account, observer, stop.Token))];
        await UntilAsync(() => !Notices.IsEmpty && observers.TrueForAll(observer => observer.Reasons.Count > 0));

        ThrottleNotice notice = Assert.Single(Notices);
        Assert.Equal((Subscription, "writes"), (notice.SubscriptionId, notice.Kind));
        Assert.All(observers, observer => Assert.StartsWith(
            $"Azure Resource Manager accepts no more writes of subscription {Subscription} until ",
            Assert.Single(observer.Reasons), StringComparison.Ordinal));
        await stop.CancelAsync();
        foreach (Task restore in restores)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);
    }
}
