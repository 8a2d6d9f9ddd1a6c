using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>What the service says of an operation that it ends. The account itself doesn't come back meanwhile.</summary>
public sealed class OperationEndTests(SlowArm arm) : EngineTest(arm), IClassFixture<SlowArm>
{
    [Fact]
    public async Task An_operation_that_ends_Failed_is_the_accounts_error_with_its_reason()
    {
        RecoveryException failure = await EndAsync(
            """{"status":"Failed","error":{"code":"InsufficientQuota","message":"No quota is left."}}""");

        Assert.Equal(RecoveryErrorId.QuotaExceeded, failure.ErrorId);
        Assert.Equal("InsufficientQuota", failure.ServiceErrorCode);
        Assert.Contains("No quota is left", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_is_canceled_says_so()
    {
        RecoveryException failure = await EndAsync("""{"status":"Canceled"}""");

        Assert.Equal(RecoveryErrorId.RestoreFailed, failure.ErrorId);
        Assert.Contains("the operation ended with state Canceled", failure.Message, StringComparison.Ordinal);
    }

    private async Task<RecoveryException> EndAsync(string operation)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Status, Status = 200, Body = operation, Path = "/operationResults/" },
            new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/",
                Edits = { ["/properties/provisioningState"] = "Creating" },
            });
        return await FailureAsync(() => RestoreAsync(deleted));
    }
}
