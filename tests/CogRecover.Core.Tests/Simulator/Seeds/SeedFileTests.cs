using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Simulator.Seeds;

public sealed class SeedFileTests : IDisposable
{
    private const string Id = "/subscriptions/11111111-2222-3333-4444-555555555555";

    private const string Gone =
        "Microsoft.CognitiveServices/locations/West US/resourceGroups/gone/deletedAccounts/b";

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task What_ARM_listed_comes_back()
    {
        await using var arm = await StartAsync($$$"""
            {
              "resourceGroups": [{"id": "{{{Id}}}/resourceGroups/rg", "location": "westus"}],
              "accounts": [{"id": "{{{Id}}}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a",
                "location": "westus", "kind": "Face", "sku": {"name": "S0"}}],
              "deletedAccounts": [{"id": "{{{Id}}}/providers/{{{Gone}}}",
                "location": "West US", "kind": "OpenAI", "tags": {"x": "y"},
                "properties": {"deletionDate": "{{{DateTime.UtcNow:O}}}", "customSubDomainName": "b"}}]
            }
            """);
        Assert.True(arm.State.HasAccount("a", "rg", "11111111-2222-3333-4444-555555555555"));
        var deleted = Assert.Single(arm.State.DeletedAccounts);
        Assert.Equal(("b", "gone", "West US", "b"),
            (deleted.Name, deleted.ResourceGroupName, deleted.Location, deleted.Account.CustomSubDomainName));
        Assert.Equal("y", deleted.Account.Tags!["x"]);
        Assert.Equal(["rg"], arm.State.ResourceGroups.Select(group => group.Name));
    }

    [Theory]
    [InlineData("nonsense", "invalid")]
    [InlineData("[]", "object")]
    [InlineData("""{"accounts":{}}""", "'accounts'")]
    [InlineData("""{"deletedAccounts":[{}]}""", "deletedAccounts[0]: it has no 'id'")]
    [InlineData("""{"accounts":[{"id":"/x"}]}""", "accounts[0]: '/x'")]
    public async Task A_bad_file_says_what_is_wrong_with_it(string text, string expected)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(text));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private Task<SimulatedArm> StartAsync(string text)
    {
        File.WriteAllText(path, text);
        return SimulatedArm.StartAsync(
            new() { SampleData = false, SeedFile = path }, TestContext.Current.CancellationToken);
    }
}
