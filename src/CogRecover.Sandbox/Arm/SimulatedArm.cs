using System.Net;
using CogRecover.Sandbox.Arm.Endpoints;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Seeds;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm;

/// <summary>Azure Resource Manager as far as Cognitive Services accounts go, on a loopback port, with its state in
/// memory. It keeps ARM's promises to any client.</summary>
public sealed class SimulatedArm : IAsyncDisposable
{
    private readonly ArmRequestLog log = new();
    private readonly WebApplication app;

    private SimulatedArm(SimulatedArmOptions options)
    {
        State = new(options.TenantId, options.SubscriptionId, options.Clock)
        {
            SubnetReleaseTime = options.SubnetReleaseTime,
        };
        Identity = new(options);
        Seed(options);
        app = Build(options);
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What exists in it.</summary>
    public ArmState State { get; }

    /// <summary>The managed identities that its endpoint gives tokens of.</summary>
    public ManagedIdentity Identity { get; }

    /// <summary>What <c>IDENTITY_ENDPOINT</c> holds where a managed identity signs in.</summary>
    public Uri IdentityEndpoint => new(Endpoint, ManagedIdentity.Path);

    /// <summary>The requests so far, in order of arrival. <c>GET /_sandbox/requests</c> gives them too.</summary>
    public IReadOnlyList<ArmRequest> Requests => log.Snapshot();

    /// <summary>Runs first, once the request is logged; true: it has answered. For servers that misbehave.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    /// <summary>What goes wrong with its answers. <c>POST /_sandbox/faults</c> sets it too.</summary>
    public FaultInjector Faults { get; } = new();

    /// <summary>Whether a request asks what an operation has come to, for <see cref="Intercept"/>.</summary>
    public static bool IsPoll(HttpContext http) =>
        http.Request.Path.Value?.Contains("/operationResults/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The seed file can't be used; the message says why.</exception>
    public static async Task<SimulatedArm> StartAsync(
        SimulatedArmOptions? options = null, CancellationToken cancellationToken = default)
    {
        var arm = new SimulatedArm(options ?? new());
        try
        {
            await arm.app.StartAsync(cancellationToken);
            arm.Endpoint = new Uri(arm.app.Urls.Single());
            return arm;
        }
        catch
        {
            await arm.app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets the requests so far. <c>DELETE /_sandbox/requests</c> does too.</summary>
    public void ClearRequests() => log.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Requests that are still answered are cut off: nobody waits for them.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private void Seed(SimulatedArmOptions options)
    {
        if (options.SampleData) SampleAccounts.AddTo(State);
        SyntheticAccounts.AddTo(State, options.ExtraSubscriptions, options.ExtraAccounts);
        if (options.SeedFile is { } file) new SeedFile(State, file).Read();
    }

    private WebApplication Build(SimulatedArmOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 << 20;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
            // The URL of an operation may carry a signature of several thousand characters.
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Untied>();
        var application = builder.Build();
        application.Map(FaultInjector.Path, control => control.Run(Faults.ControlAsync));
        application.Map(ArmRequestLog.Path, requests => requests.Run(log.ControlAsync));
        application.Map(ManagedIdentity.Path, identity => identity.Run(Identity.AnswerAsync));
        application.Use(ArmGateway.CollapseSlashes);
        application.UseRouting();
        var access = new ArmAccess(State, options);
        var providers = new ResourceProviders();
        application.Use(
            new ArmGateway(() => Intercept, Faults, State, access, providers, log, options).InvokeAsync);
        var operations = new ArmOperations(State);
        var lifecycle = new AccountLifecycle(State, operations, options);
        new SubscriptionEndpoints(State, options).Map(application);
        new ResourceGroupEndpoints(State, new(State, operations, options), operations, access, options)
            .Map(application);
        new ResourceListEndpoints(State, access, options).Map(application);
        new ProviderEndpoints(providers, State).Map(application);
        new AccountEndpoints(State, lifecycle, access, options).Map(application);
        new AccountChildEndpoints(new(State, new(State, operations, options)), options).Map(application);
        new DomainEndpoints(State).Map(application);
        new DeletedAccountEndpoints(State, lifecycle, options).Map(application);
        new OperationEndpoints(State, operations).Map(application);
        new TrackedResourceEndpoints(State, access, options).Map(application);
        new KeyVaultEndpoints(State, new(State, operations, options), operations, options).Map(application);
        new StorageEndpoints(State, new(State, operations, options), options).Map(application);
        new AuthorizationEndpoints(State, options).Map(application);
        new RoleAssignmentEndpoints(State, options).Map(application);
        new ActivityLogEndpoints(State, options).Map(application);
        return application;
    }

    /// <summary>The default lifetime takes Ctrl+C from the process; a library doesn't.</summary>
    private sealed class Untied : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
