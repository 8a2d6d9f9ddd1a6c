using CogRecover.Core.Http;
using CogRecover.Core.References;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests;

/// <summary>An engine and the simulated ARM it talks to over real HTTP.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private protected const string Token = "secret-token";

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

    private protected static ArmConnection Connection(Uri endpoint) => new(
        endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
    {
        RetryDelay = TimeSpan.FromMilliseconds(10),
        PollingDelay = TimeSpan.FromMilliseconds(20),
        BusyDelay = TimeSpan.FromMilliseconds(50),
        NetworkTimeout = TimeSpan.FromSeconds(20),
        LookupTimeout = TimeSpan.FromSeconds(20),
    };

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
