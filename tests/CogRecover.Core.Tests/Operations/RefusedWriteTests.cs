using CogRecover.Core.Http;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Operations;

/// <summary>Refusals that leave open what was done: Azure's state tells.</summary>
public sealed class RefusedWriteTests : EngineTest
{
    private const string Name = "contoso-openai";
    private const string Group = "rg-ai";

    [Fact]
    public async Task A_refusal_that_cant_be_read_of_what_lives_already_is_no_failure()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);
        Arm.Faults.Set(new Fault { Kind = FaultKind.NotJson, Method = "PUT" });

        RestoreOutcome outcome = await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.True(outcome.WasLiveAlready);
    }

    [Theory]
    [InlineData("Odd")]
    [InlineData(null)]
    public async Task A_refusal_after_a_lost_answer_is_no_failure_where_the_account_lives(string? code)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "PUT", Times = 1, After = true },
            new Fault { Kind = FaultKind.Status, Status = 404, Code = "NotFound", Path = "/accounts/", Method = "GET",
                Times = 1 },
            new Fault { Kind = FaultKind.Status, Status = 400, Code = code, Method = "PUT" });

        RestoreOutcome outcome = await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.False(outcome.WasLiveAlready);
        Assert.Equal(2, Arm.Requests.Count(request => request.Method == "PUT"));
    }

    [Theory]
    [InlineData("Odd")]
    [InlineData(null)]
    public async Task A_refusal_is_a_failure_where_the_account_is_still_deleted(string? code)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "PUT", Times = 1 },
            new Fault { Kind = FaultKind.Status, Status = 400, Code = code, Method = "PUT" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.RestoreFailed, failure.ErrorId);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_404_to_the_purge_of_what_is_gone_means_that_it_is_gone()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation);
        Arm.Intercept = context =>
        {
            if (context.Request.Method == "PUT") return Task.FromResult(false);
            context.Response.StatusCode = 404;
            context.Response.Headers["x-ms-request-id"] = "request-7";
            return Task.FromResult(true);
        };

        Assert.False(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData("GET|DELETE", "isn't known")]
    [InlineData("DELETE", "wasn't purged")]
    public async Task A_404_of_a_proxy_means_nothing(string methods, string says)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set([.. methods.Split('|').Select(method =>
            new Fault { Kind = FaultKind.Status, Status = 404, Method = method })]);

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.True(Arm.State.HasDeletedAccount(Name, Group));
    }

    [Fact]
    public async Task That_there_is_nothing_to_purge_is_held_against_what_is_soft_deleted()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 204, Method = "DELETE" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.PurgeFailed, failure.ErrorId);
        Assert.Contains("there is nothing to purge, but the account is still soft-deleted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_that_cant_be_seen_the_outcome_is_unknown()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Status, Status = 204, Method = "DELETE" },
            new Fault { Kind = FaultKind.Redirect, Method = "GET" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_slow_gateway_hands_on_after_it_has_given_up_is_found_out()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        int puts = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != HttpMethods.Put) return false;
            if (++puts == 5)
            {
                _ = Task.Run(async () =>
                {
                    await Task.Delay(30, Cancellation);
                    await new HttpClient().RestoreAsync(Arm, deleted, Cancellation);
                });
            }
            else if (puts > 5)
            {
                return false;
            }

            await WriteAsync(context, 504, "");
            return true;
        };

        // The last look comes after 16 times that.
        var patient = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            RetryDelay = TimeSpan.FromMilliseconds(100),
        });
        RestoreOutcome outcome = await patient.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal(Name, outcome.Account.Name);
    }
}
