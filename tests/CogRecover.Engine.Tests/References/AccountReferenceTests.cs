using CogRecover.Core.References;

namespace CogRecover.Engine.Tests.References;

public sealed class AccountReferenceTests
{
    private const string Subscription = "3f1a7b52-6c0d-4d8e-b1f4-0a5c9e2d7b10";

    [Theory]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/contoso", null)]
    [InlineData("/SUBSCRIPTIONS/{s}/resourcegroups/rg-ai/providers/microsoft.cognitiveservices/ACCOUNTS/contoso", null)]
    [InlineData("/subscriptions/{s}/providers/Microsoft.CognitiveServices/locations/West US 2/resourceGroups/rg-ai"
        + "/deletedAccounts/contoso", "westus2")]
    [InlineData("/subscriptions/{s}/providers/microsoft.cognitiveservices/locations/eastus/resourcegroups/rg-ai"
        + "/deletedaccounts/contoso", "eastus")]
    public void A_resource_id_of_either_form_is_read(string id, string? location)
    {
        var reference = AccountReference.Parse(id.Replace("{s}", Subscription));

        Assert.Equal(Subscription, reference.SubscriptionId);
        Assert.Equal("rg-ai", reference.ResourceGroupName);
        Assert.Equal(location, reference.Location);
        Assert.Equal("contoso", reference.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("contoso")]
    [InlineData("/subscriptions/{s}")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.Storage/storageAccounts/contoso")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/a"
        + "/deployments/b")]
    [InlineData("/subscriptions/Production/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/a?b")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/..")]
    [InlineData("/subscriptions/{s}/resourceGroups/../providers/Microsoft.CognitiveServices/accounts/contoso")]
    [InlineData("/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/contoso\n")]
    [InlineData("https://management.azure.com/subscriptions/{s}/resourceGroups/rg-ai")]
    public void What_is_no_account_is_refused(string id)
    {
        RecoveryException failure = Assert.Throws<RecoveryException>(
            () => AccountReference.Parse(id.Replace("{s}", Subscription)));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a?b")]
    [InlineData("a%2Fb")]
    [InlineData("a\nb")]
    [InlineData("ab\n")]
    [InlineData("\tab")]
    [InlineData("contoso*")]
    [InlineData("")]
    [InlineData(".")]
    public void A_name_that_can_be_none_is_refused(string name)
    {
        RecoveryException failure = Assert.Throws<RecoveryException>(
            () => AccountReference.Create(Subscription, "rg-ai", "eastus", name));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", "eastus")]
    [InlineData("rg/x", "eastus")]
    [InlineData("rg-ai.", "eastus")]
    [InlineData("rg-ai", "east/us")]
    [InlineData("rg-ai", "east\nus")]
    [InlineData("rg-ai", "eastus\r\n")]
    [InlineData("rg-ai\n", "eastus")]
    [InlineData("rg-ai", "")]
    public void A_group_or_location_that_can_be_none_is_refused(string group, string location) =>
        Assert.Throws<RecoveryException>(() => AccountReference.Create(Subscription, group, location, "contoso"));

    [Fact]
    public void A_group_may_have_dots_and_parentheses() =>
        Assert.Equal("rg.ai_(old)",
            AccountReference.Create(Subscription, "rg.ai_(old)", null, "contoso").ResourceGroupName);
}
