using System.Net;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>What an ARM knows beside accounts and groups.</summary>
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
                "Microsoft.Network", "Microsoft.ManagedIdentity", "Microsoft.Authorization", "Microsoft.Insights"],
            providers);
        var vaults = (await GetAsync(Subscription + "/providers/Microsoft.KeyVault")).Body!["resourceTypes"]![0]!;
        Assert.Equal("vaults", (string?)vaults["resourceType"]);
        Assert.Contains("2023-07-01", vaults["apiVersions"]!.AsArray().Select(version => (string?)version));
    }
}
