using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Operations;

/// <summary>What the service says of an operation that it ends. The account itself doesn't come back meanwhile.</summary>
public sealed class OperationEndTests : EngineTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromHours(1) };

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
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            await WriteAsync(context, 200, operation);
            return true;
        };
        return await Assert.ThrowsAsync<RecoveryException>(() =>
            Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation));
    }
}
