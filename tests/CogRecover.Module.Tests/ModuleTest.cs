using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

/// <summary>
/// The staged module in the real engine, signed in to a simulated ARM by the stand-in for Az.Accounts.
/// </summary>
public abstract class ModuleTest : IAsyncLifetime
{
    private protected const string GetClass = "CogRecover.Commands.GetDeletedCognitiveAccountCommand";
    private protected const string RestoreClass = "CogRecover.Commands.RestoreCognitiveAccountCommand";
    private protected const string RemoveClass = "CogRecover.Commands.RemoveDeletedCognitiveAccountCommand";

    private protected SimulatedArm Arm { get; private set; } = null!;

    private protected ModuleShell Shell { get; private set; } = null!;

    private protected StringWriter Screen { get; } = new();

    private protected string Subscription => Arm.State.DefaultSubscriptionId;

    private protected IEnumerable<ArmRequest> Writes =>
        Arm.Requests.Where(request => request.Method is "PUT" or "DELETE" or "PATCH" or "POST");

    private protected virtual SimulatedArmOptions Options => new() { SampleData = false };

    public async ValueTask InitializeAsync()
    {
        Arm = await SimulatedArm.StartAsync(Options, TestContext.Current.CancellationToken);
        Shell = ModuleShell.Connect(Arm.Endpoint, Options.TenantId, Options.SubscriptionId,
            new SandboxUserInterface(Screen, width: 80, isTerminal: false));
        Arm.ClearRequests();
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await Arm.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void GivenDeleted(params string[] names)
    {
        foreach (string name in names) Arm.State.AddDeletedAccount(name, "rg-ai", "West US 2");
    }

    private protected void GivenDeletedWithoutGroup(params string[] names)
    {
        foreach (string name in names) Arm.State.AddDeletedAccount(name, "rg-retired", "eastus");
        Arm.State.RemoveResourceGroup("rg-retired");
    }

    /// <summary>Waits until so many operations are polled: the module knows then that they were accepted.</summary>
    private protected async Task WaitForPollsAsync(int operations)
    {
        while (Arm.Requests.Where(request => request.Path.Contains("/operationResults/", StringComparison.Ordinal))
            .Select(request => request.Path).Distinct().Count() < operations)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts that nothing is asked any more. An operation is polled twice a second at first, and what is on
    /// the way already arrives before that.</summary>
    private protected async Task AssertNoMoreRequestsAsync()
    {
        DateTimeOffset ended = DateTimeOffset.UtcNow.AddSeconds(0.3);
        await Task.Delay(TimeSpan.FromSeconds(1.8), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Arm.Requests, request => request.At > ended);
    }

    /// <summary>Whether the bar has said so.</summary>
    private protected bool HasShown(string status)
    {
        lock (Shell.Ui.Progress)
            return Shell.Ui.Progress.Exists(record =>
                record.StatusDescription.Contains(status, StringComparison.Ordinal));
    }

    private protected static string[] Names(ShellResult result) =>
        [.. result.Output.Select(account => (string)account.Properties["Name"].Value).Order()];

    private protected string LiveId(string name, string group = "rg-ai") =>
        $"/subscriptions/{Subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{name}";

    private protected string DeletedId(string name, string group = "rg-ai", string location = "West US 2") =>
        $"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/{location}"
        + $"/resourceGroups/{group}/deletedAccounts/{name}";

    /// <summary>Asserts what a user and a script see of an error.</summary>
    private protected static void AssertError(
        ErrorRecord error, string id, ErrorCategory category, string target, string message, string action)
    {
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject?.ToString());
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
