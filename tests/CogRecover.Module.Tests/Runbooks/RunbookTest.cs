using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>A runbook in the real engine, signed in to a simulated ARM by managed identity. The environment of the
/// process says where the identity endpoint is, so that one test runs at a time.</summary>
[Collection("Runbooks")]
public abstract class RunbookTest : ModuleTest
{
    private protected const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    private protected static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", ".."));

    private protected abstract string Runbook { get; }

    private protected string Prelude => $"""
        Disconnect-AzAccount
        $env:IDENTITY_ENDPOINT = '{Arm.IdentityEndpoint}'
        $env:IDENTITY_HEADER = '{Arm.Identity.Header}'
        """;

    private protected ShellResult Run(string arguments = "") => Shell.Run($"""
        {Prelude}
        & '{Path.Combine(Root, "examples", "runbooks", Runbook + ".ps1")}' -Environment CogRecoverSandbox {arguments}
        """);

    /// <summary>The facts of a kind, each as the account's name, or all members where there is none.</summary>
    private protected static string[] Named(ShellResult result, string fact) =>
        [.. Facts(result, fact).Select(one => (string)one.Properties["Name"].Value).Order(StringComparer.Ordinal)];

    private protected static PSObject[] Facts(ShellResult result, string fact) =>
        [.. result.Output.Where(one => (string)one.Properties["Fact"].Value == fact)];

    private protected static PSObject Summary(ShellResult result)
    {
        Assert.Equal("Summary", result.Output[^1].Properties["Fact"].Value);
        return Assert.Single(Facts(result, "Summary"));
    }

    /// <summary>Asserts the numbers of the summary: <c>Restored=2 Failed=0</c>.</summary>
    private protected static void AssertSummary(ShellResult result, string numbers)
    {
        PSObject summary = Summary(result);
        Assert.Equal(numbers, string.Join(' ', numbers.Split(' ').Select(number => number.Split('=')[0])
            .Select(name => $"{name}={summary.Properties[name].Value}")));
    }

    /// <summary>Asserts that the job has failed, and that the error names what failed.</summary>
    private protected static void AssertFailed(ShellResult result, params string[] says)
    {
        Assert.NotNull(result.TerminatedBy);
        Assert.All(says, said => Assert.Contains(said, result.TerminatedBy.Message, StringComparison.Ordinal));
    }

    private protected void GivenForbiddenSubscription()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        Arm.State.AddDeletedAccount("contoso-hidden", "rg-other", subscriptionId: OtherSubscription);
        Arm.State.SetPermissions([], subscriptionId: OtherSubscription);
    }

    /// <summary>Two accounts, one with a key vault and one with a storage account, all gone with their group.</summary>
    private protected void GivenWholeGroup()
    {
        GivenVaultAccount("contoso-keyed", "kv-contoso");
        GivenStorageAccount("contoso-speech", "stcontoso");
        Arm.State.AddKeyVault("kv-contoso", "rg-ai");
        Arm.State.AddStorageAccount("stcontoso", "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);
    }

    /// <summary>A deleted account whose own identity reads its key in a vault.</summary>
    private protected void GivenVaultAccount(string name, string vault) =>
        Arm.State.AddDeletedAccount(name, "rg-ai", configure: account =>
        {
            account.Identity = new()
            {
                ["type"] = "SystemAssigned", ["principalId"] = "0d6a5f0e-2c46-4a5f-9d0b-7d1f6a8f2b11",
            };
            account.Properties = new()
            {
                ["encryption"] = new JsonObject
                {
                    ["keySource"] = "Microsoft.KeyVault",
                    ["keyVaultProperties"] = new JsonObject
                    {
                        ["keyName"] = "key", ["keyVaultUri"] = $"https://{vault}.vault.azure.net/",
                    },
                },
            };
        });

    /// <summary>A deleted account that keeps its data in a storage account of its group.</summary>
    private protected void GivenStorageAccount(string name, string storage) =>
        Arm.State.AddDeletedAccount(name, "rg-ai", kind: "SpeechServices", configure: account =>
            account.Properties = new()
            {
                ["userOwnedStorage"] = new JsonArray(new JsonObject
                {
                    ["resourceId"] = $"/subscriptions/{Subscription}/resourceGroups/rg-ai/providers/Microsoft.Storage"
                        + $"/storageAccounts/{storage}",
                }),
            });

    private protected static Action<Account> Tagged(string name, string value) =>
        account => account.Tags = new Dictionary<string, string> { [name] = value };
}
