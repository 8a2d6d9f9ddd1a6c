using CogRecover.Core.Http;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Core.Tests.Operations;

/// <summary>Writes whose answer is lost, while somebody else works on the same account.</summary>
public sealed class OtherCallerTests : EngineTest
{
    private const string Name = "contoso-openai";
    private const string Group = "rg-ai";

    private int Deletes => Arm.Requests.Count(request => request.Method == "DELETE");

    [Fact]
    public async Task A_purge_isnt_sent_again_for_an_account_that_was_restored_meanwhile()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        RestoreInsteadOfPurging(deleted);

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.PurgeFailed, failure.ErrorId);
        Assert.Contains("somebody has restored it, and it is live again", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task A_purge_isnt_sent_again_for_another_account_of_that_name()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = true });
        Arm.Intercept = context =>
        {
            // By the time of the look somebody has created it anew, and deleted it: it has another id.
            if (context.Request.Method == "GET" && !Arm.State.HasDeletedAccount(Name, Group))
                Arm.State.AddDeletedAccount(Name, Group, "eastus");
            return Task.FromResult(false);
        };

        Assert.True(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(1, Deletes);
        Assert.True(Arm.State.HasDeletedAccount(Name, Group));
    }

    [Fact]
    public async Task A_restore_isnt_sent_again_for_another_account_of_that_name()
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        Arm.Intercept = context =>
        {
            if (context.Request.Method != "PUT") return Task.FromResult(false);
            Arm.State.AddDeletedAccount(Name, Group, deletionDate: DateTimeOffset.UtcNow.AddHours(-1));
            context.Abort();
            return Task.FromResult(true);
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Single(Arm.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task A_live_account_without_an_id_leaves_open_whether_the_other_was_purged()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/",
            Edits = { ["/properties/internalId"] = null, ["/properties/dateCreated"] = null },
        });
        RestoreInsteadOfPurging(deleted);

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Contains("an account of that name is live", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wasn't purged", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task What_a_slow_gateway_hands_on_after_it_has_given_up_is_found_out()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        int puts = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT") return false;
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

    /// <summary>Lets somebody restore an account that is to be purged, and loses the answer to the purge.</summary>
    private void RestoreInsteadOfPurging(DeletedCognitiveAccount deleted) => Arm.Intercept = async context =>
    {
        if (context.Request.Method != "DELETE") return false;
        await new HttpClient().RestoreAsync(Arm, deleted, Cancellation);
        context.Abort();
        return true;
    };
}
