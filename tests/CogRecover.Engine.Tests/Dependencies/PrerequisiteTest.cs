namespace CogRecover.Engine.Tests.Dependencies;

/// <summary>An account named contoso whose prerequisites are looked at.</summary>
public abstract class PrerequisiteTest(ArmProcess process) : EngineTest(process)
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
        if (!await Arm.HasDeletedAccountAsync("contoso", "rg-ai"))
            await Arm.AddDeletedAccountAsync("contoso", "rg-ai");
        DeletedCognitiveAccount account = await FindAsync("contoso", "rg-ai", "eastus");
        await Arm.ForgetRequestsAsync();
        return (await Recovery.Prerequisites.TestAsync(account, Cancellation)).Result;
    }
}
