using CogRecover.Core.References;

namespace CogRecover.Core.Tests.Dependencies;

/// <summary>An account named contoso whose prerequisites are looked at.</summary>
public abstract class PrerequisiteTest : EngineTest
{
    private protected static void AssertFailed(RestoreCheck check, RecoveryErrorId id, string message, string action)
    {
        Assert.Equal(RestoreCheckStatus.Failed, check.Status);
        Assert.Equal(id, check.ErrorId);
        Assert.Contains(message, check.Message, StringComparison.Ordinal);
        Assert.Contains(action, check.RecommendedAction, StringComparison.Ordinal);
    }

    private protected async Task<RestoreCheck> CheckAsync(string name) =>
        Assert.Single((await TestAsync()).Checks, check => check.Name == name);

    private protected async Task<RestoreTestResult> TestAsync()
    {
        if (!Arm.State.HasDeletedAccount("contoso", "rg-ai")) Arm.State.AddDeletedAccount("contoso", "rg-ai");
        DeletedCognitiveAccount account = await Recovery.Finder.FindAsync(
            AccountReference.Create(Subscription, "rg-ai", "eastus", "contoso"), Cancellation);
        Arm.ClearRequests();
        return (await Recovery.Prerequisites.TestAsync(account, Cancellation)).Result;
    }
}
