using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>How an operation goes, and what a user sees when it goes wrong.</summary>
public sealed class OperationOutcomeTests : ModuleTest
{
    private readonly SkewedClock clock = new();

    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromHours(1), Clock = clock };

    [Fact]
    public void An_operation_that_ends_Failed_is_the_accounts_error()
    {
        GivenDeleted("contoso-openai");
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                """{"status":"Failed","error":{"code":"InsufficientQuota","message":"No quota is left."}}""");
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-openai");

        AssertError(Assert.Single(result.Errors), $"QuotaExceeded,{RestoreClass}", ErrorCategory.QuotaExceeded,
            "contoso-openai", "No quota is left (InsufficientQuota)", "Get-DeletedCognitiveAccount");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_account_that_lives_though_its_operation_ends_Failed_is_restored_with_a_warning()
    {
        GivenDeleted("contoso-openai");
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            clock.Pass(TimeSpan.FromHours(2));
            await context.Response.WriteAsync(
                """{"status":"Failed","error":{"code":"InternalServerError","message":"It took too long."}}""");
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-openai").ThrowIfFailed();

        Assert.Equal(["contoso-openai"], Names(result));
        Assert.Equal("Account 'contoso-openai' in resource group 'rg-ai' is live, although Azure says that its restore "
            + "failed: It took too long (InternalServerError).", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_look_up_that_takes_too_long_is_a_timeout_and_sends_nothing()
    {
        Arm.Intercept = async context =>
        {
            await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-openai -Timeout 00:00:01");

        AssertError(Assert.Single(result.Errors), $"OperationTimedOut,{RestoreClass}", ErrorCategory.OperationTimeout,
            "contoso-openai", "nothing was sent", "-Timeout");
    }

    [Fact]
    public void A_slow_look_up_that_accounts_share_is_a_timeout_of_each()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/resourceGroups/rg-ai", StringComparison.OrdinalIgnoreCase))
                await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
            return false;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -Timeout 00:00:05");

        Assert.Null(result.TerminatedBy);
        Assert.Equal(["contoso-one", "contoso-two"],
            result.Errors.Select(error => error.TargetObject.ToString()).Order());
        Assert.All(result.Errors, error =>
            Assert.Equal($"OperationTimedOut,{RestoreClass}", error.FullyQualifiedErrorId));
    }

    [Theory]
    [InlineData(404, """{"error":{"code":"NotFound","message":"The operation is gone."}}""", "The operation is gone")]
    [InlineData(200, "", "gave no reason")]
    public void An_operation_that_cant_be_followed_and_an_account_that_cant_be_seen_have_an_unknown_outcome(
        int status, string body, string says)
    {
        GivenDeleted("contoso-openai");
        Arm.Intercept = async context =>
        {
            bool isPut = context.Request.Method == "PUT";
            if (isPut || !Arm.Requests.Any(request => request.Method == "PUT")) return false;
            context.Response.StatusCode = SimulatedArm.IsPoll(context) ? status : 403;
            await context.Response.WriteAsync(SimulatedArm.IsPoll(context) ? body : "{}");
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-openai");

        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, $"InvalidServiceResponse,{RestoreClass}", ErrorCategory.ProtocolError, "contoso-openai",
            "accepted the operation, but its outcome isn't known", "Get-DeletedCognitiveAccount");
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_shows_the_account_and_is_taken_away_at_the_end()
    {
        GivenDeleted("contoso-openai");

        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            if (HasShown("contoso-openai ("))
            {
                clock.Pass(TimeSpan.FromHours(2));
                return false;
            }

            await context.Response.WriteAsync("""{"status":"Creating"}""");
            return true;
        };

        Shell.Run("Restore-CognitiveAccount contoso-openai -Timeout 00:01:00").ThrowIfFailed();

        Assert.Contains(Shell.Ui.Progress, record => record.StatusDescription.StartsWith("contoso-openai (",
            StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, Shell.Ui.Progress[^1].RecordType);
    }
}
