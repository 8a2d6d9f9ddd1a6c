using CogRecover.Core.Http;
using CogRecover.Core.References;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests;

/// <summary>An engine and the simulated ARM it talks to over real HTTP.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private protected const string Token = "secret-token";
    private protected const string Tenant = "8d2f6c1e-4b7a-4e0c-9a53-c0ffee5eed01";

    private protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private protected SimulatedArm Arm { get; private set; } = null!;

    private protected AccountRecovery Recovery { get; private set; } = null!;

    private protected string Subscription => Arm.State.DefaultSubscriptionId;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected virtual SimulatedArmOptions Options => new() { SampleData = false };

    public async ValueTask InitializeAsync()
    {
        Arm = await SimulatedArm.StartAsync(Options, Cancellation);
        Recovery = new AccountRecovery(Connection(Arm.Endpoint));
    }

    public async ValueTask DisposeAsync()
    {
        await Arm.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static ArmConnection Connection(
        Uri endpoint, string token = Token, double lookupSeconds = 20, double networkSeconds = 20) => new(
        endpoint, _ => Task.FromResult(new ArmToken(token, DateTimeOffset.UtcNow.AddHours(1))))
    {
        TenantId = Tenant,
        RetryDelay = TimeSpan.FromMilliseconds(10),
        PollingDelay = TimeSpan.FromMilliseconds(20),
        BusyDelay = TimeSpan.FromMilliseconds(50),
        NetworkTimeout = TimeSpan.FromSeconds(networkSeconds),
        LookupTimeout = TimeSpan.FromSeconds(lookupSeconds),
    };

    /// <summary>
    /// Lets the engine take a second of silence for good where a test is about that. Elsewhere a busy machine may be silent
    /// as long.
    /// </summary>
    private protected void GiveUpSoonAt(FaultKind kind)
    {
        if (kind == FaultKind.Silence) Recovery = new AccountRecovery(Connection(Arm.Endpoint, networkSeconds: 1));
    }

    private protected Task<List<DeletedCognitiveAccount>> ListAsync() => ListAsync(Recovery, Subscription);

    private protected static async Task<List<DeletedCognitiveAccount>> ListAsync(
        AccountRecovery recovery, string subscription) =>
        await recovery.Accounts.ListAsync(subscription, e => throw e, Cancellation).SelectMany(page => page)
            .ToListAsync(Cancellation);

    private protected async Task<DeletedCognitiveAccount> GivenDeletedAsync(
        string name = "contoso-openai", string group = "rg-ai", string location = "eastus")
    {
        Arm.State.AddDeletedAccount(name, group, location);
        DeletedCognitiveAccount account = await Recovery.Finder.FindAsync(
            AccountReference.Create(Subscription, group, location, name), Cancellation);
        Arm.ClearRequests();
        return account;
    }

    /// <summary>Answers in ARM's place, from an <see cref="SimulatedArm.Intercept"/>.</summary>
    private protected static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
