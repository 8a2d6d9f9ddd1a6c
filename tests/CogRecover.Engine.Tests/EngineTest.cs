using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using CogRecover.Core.Http;
using CogRecover.Core.Operations;
using CogRecover.Core.References;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests;

/// <summary>The engine of the staged module, and a simulated ARM in another process that it talks to over real HTTP.
/// </summary>
public abstract class EngineTest(ArmProcess process) : IAsyncLifetime
{
    private protected const string Tenant = "8d2f6c1e-4b7a-4e0c-9a53-c0ffee5eed01";
    private protected const string Name = "contoso-openai";
    private protected const string Group = "rg-ai";

    private protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>The engine's. Each test has one of its own, by which faults and requests are told from another's.
    /// </summary>
    private protected string Token { get; } = $"secret-{Guid.NewGuid():N}";

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected RemoteArm Arm { get; private set; } = null!;

    private protected AccountRecovery Recovery { get; private set; } = null!;

    private protected string Subscription => Arm.Subscription;

    public async ValueTask InitializeAsync()
    {
        Arm = await process.OpenAsync(Token, Cancellation);
        Recovery = new AccountRecovery(Connection(Arm.Endpoint));
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Another subscription at the same ARM.</summary>
    private protected Task<RemoteArm> OpenAnotherAsync() => process.OpenAsync(Token, Cancellation);

    private protected ArmConnection Connection(
        Uri endpoint, double lookupSeconds = 20, double networkSeconds = 20) =>
        Connection(endpoint, Framework.Transport, lookupSeconds, networkSeconds);

    private protected ArmConnection Connection(
        Uri endpoint, HttpPipelineTransport? transport, double lookupSeconds = 20, double networkSeconds = 20) => new(
        endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
    {
        TenantId = Tenant,
        RetryDelay = TimeSpan.FromMilliseconds(10),
        PollingDelay = TimeSpan.FromMilliseconds(20),
        BusyDelay = TimeSpan.FromMilliseconds(50),
        NetworkTimeout = TimeSpan.FromSeconds(networkSeconds),
        LookupTimeout = TimeSpan.FromSeconds(lookupSeconds),
        Transport = transport,
    };

    /// <summary>
    /// Lets the engine take a second of silence for good where a test is about that. Elsewhere a busy machine may be
    /// silent as long.
    /// </summary>
    private protected void GiveUpSoonAt(FaultKind kind)
    {
        if (kind == FaultKind.Silence) Recovery = new AccountRecovery(Connection(Arm.Endpoint, networkSeconds: 1));
    }

    private protected Task<List<DeletedCognitiveAccount>> ListAsync() => ListAsync(Recovery, Subscription);

    private protected static async Task<List<DeletedCognitiveAccount>> ListAsync(
        AccountRecovery recovery, string subscription, Action<RecoveryException>? unreadable = null,
        CancellationToken? cancellation = null)
    {
        List<DeletedCognitiveAccount> accounts = [];
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in recovery.Accounts.ListAsync(
            subscription, unreadable ?? (e => throw e), cancellation ?? Cancellation))
        {
            accounts.AddRange(page);
        }

        return accounts;
    }

    private protected async Task<DeletedCognitiveAccount> GivenDeletedAsync(
        string name = Name, string location = "eastus", string properties = "{}")
    {
        await Arm.AddDeletedAccountAsync(name, Group, location, properties);
        DeletedCognitiveAccount account = await FindAsync(name, Group, location);
        await Arm.ForgetRequestsAsync();
        return account;
    }

    private protected Task<DeletedCognitiveAccount> FindAsync(
        string name, string? group = null, string? location = null) =>
        Recovery.Finder.FindAsync(AccountReference.Create(Subscription, group, location, name), Cancellation);

    private protected Task<RestoreOutcome> RestoreAsync(
        DeletedCognitiveAccount account, TimeSpan? timeout = null, IOperationObserver? observer = null) =>
        RestoreAsync(Recovery, account, timeout, observer);

    private protected static async Task<RestoreOutcome> RestoreAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, TimeSpan? timeout = null,
        IOperationObserver? observer = null, CancellationToken? cancellation = null)
    {
        OperationHandle<RestoreOutcome> restore = await recovery.Operations.StartRestoreAsync(
            account, timeout ?? Timeout, observer, cancellationToken: cancellation ?? Cancellation);
        return await restore.WaitAsync(cancellation ?? Cancellation);
    }

    /// <returns>Whether there was an account to purge.</returns>
    private protected Task<bool> PurgeAsync(
        DeletedCognitiveAccount account, TimeSpan? timeout = null, IOperationObserver? observer = null) =>
        PurgeAsync(Recovery, account, timeout, observer);

    private protected static async Task<bool> PurgeAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, TimeSpan? timeout = null,
        IOperationObserver? observer = null)
    {
        OperationHandle<PurgeOutcome> purge = await recovery.Operations.StartPurgeAsync(
            account, timeout ?? Timeout, observer, Cancellation);
        return (await purge.WaitAsync(Cancellation)).Existed;
    }

    private protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Timeout);
        while (!await condition()) await Task.Delay(20, limit.Token);
    }

    /// <summary>Where nobody listens.</summary>
    private protected static Uri ClosedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}/");
    }

    private protected static Task<RecoveryException> FailureAsync<T>(Func<Task<T>> run) =>
        Assert.ThrowsAsync<RecoveryException>(run);
}
