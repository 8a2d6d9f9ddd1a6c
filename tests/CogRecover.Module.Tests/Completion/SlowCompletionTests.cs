using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Module.Tests.Completion;

public sealed class SlowCompletionTests : CompletionTest
{
    private protected override SimulatedArmOptions Options => base.Options with { Latency = TimeSpan.FromSeconds(3) };

    [Fact]
    public void What_comes_too_late_for_one_Tab_is_there_for_a_later_one()
    {
        GivenAccounts();

        Assert.Empty(Complete("Restore-CognitiveAccount -Name ac"));
        string[] offered = [];
        for (var presses = 0; offered.Length == 0 && presses < 10; presses++)
            offered = Complete("Restore-CognitiveAccount -Name ac");

        Assert.Equal(["acme-ai", "acme-speech"], offered);
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public void A_subscription_that_is_refused_doesnt_begin_the_lists_of_the_others_anew()
    {
        const string other = "11111111-2222-4333-8444-555555555555";
        Arm.State.AddSubscription(other, "Other");
        Arm.State.AddDeletedAccount("other-ai", "rg-other", subscriptionId: other);
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed",
            Path = $"/{Options.SubscriptionId}/.*/deletedAccounts$",
        });

        var patience = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.StartsWith($"/subscriptions/{other}/", StringComparison.Ordinal))
                await patience.Task;
            return false;
        };
        const string line = "Get-DeletedCognitiveAccount -AllSubscriptions -Name oth";
        while (!Arm.Requests.Any(request => request.Status == 403)) Complete(line);

        // The refusal is known by then, and the other's list is still to come.
        Assert.Empty(Complete(line));
        Assert.Empty(Complete(line));
        patience.SetResult();
        string[] offered = [];
        for (var presses = 0; offered.Length == 0 && presses < 20; presses++) offered = Complete(line);

        Assert.Equal(["other-ai"], offered);
        Assert.Equal(2, Arm.Requests.Count(
            request => request.Path.EndsWith("/deletedAccounts", StringComparison.Ordinal)));
    }
}
