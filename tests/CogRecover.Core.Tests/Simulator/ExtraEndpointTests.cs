using System.Net;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Simulator;

/// <summary>An ARM that knows accounts and groups only, and one that knows more.</summary>
public sealed class ExtraEndpointTests : SimulatorTest
{
    private static readonly string[] Paths =
    [
        "/providers/Microsoft.KeyVault/vaults", "/providers/Microsoft.KeyVault/deletedVaults",
        "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts",
        "/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks",
        "/providers/Microsoft.Authorization/permissions", "/providers/Microsoft.Authorization/locks",
        "/providers/Microsoft.Insights/eventtypes/management/values",
    ];

    [Fact]
    public async Task Each_checks_its_api_version_and_the_providers_list_them()
    {
        State.AddResourceGroup("rg");
        foreach (var path in Paths)
        {
            var refused = await GetAsync($"{Subscription}{path}?api-version=2001-01-01");
            Assert.Equal((HttpStatusCode.BadRequest, "NoRegisteredProviderFound"), (refused.Status, refused.Code));
        }

        var providers = (await GetAsync(Subscription + "/providers")).Body!["value"]!.AsArray()
            .Select(provider => (string?)provider!["namespace"]);
        Assert.Equal(
            ["Microsoft.CognitiveServices", "Microsoft.Resources", "Microsoft.KeyVault", "Microsoft.Storage",
                "Microsoft.Network", "Microsoft.Authorization", "Microsoft.Insights"],
            providers);
        var vaults = (await GetAsync(Subscription + "/providers/Microsoft.KeyVault")).Body!["resourceTypes"]![0]!;
        Assert.Equal("vaults", (string?)vaults["resourceType"]);
        Assert.Contains("2023-07-01", vaults["apiVersions"]!.AsArray().Select(version => (string?)version));
    }

    public sealed class Without : SimulatorTest
    {
        protected override SimulatedArmOptions Options => base.Options with { WithoutExtraEndpoints = true };

        [Fact]
        public async Task An_ARM_without_them_answers_404_and_still_restores_and_purges()
        {
            State.AddDeletedAccount("a", "rg");
            State.AddDeletedAccount("b", "rg");
            State.AddKeyVault("kv", "rg");
            foreach (var path in Paths)
            {
                var refused = await GetAsync(Subscription + path);
                Assert.Equal((HttpStatusCode.NotFound, "InvalidResourceNamespace"), (refused.Status, refused.Code));
            }

            Assert.Empty((await GetAsync(Subscription + "/resources")).Names);
            Assert.Equal(2, (await GetAsync(Subscription + "/providers")).Body!["value"]!.AsArray().Count);
            Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
            Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Deleted("b", "rg"))).Status);
        }
    }
}
