using System.Diagnostics;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Completion;

public sealed class CompletionTests : CompletionTest
{
    private const string OtherSubscription = "11111111-2222-4333-8444-555555555555";

    [Fact]
    public void Tab_offers_the_deleted_accounts_whose_names_begin_with_what_is_typed()
    {
        GivenAccounts();

        Assert.Equal(["acme-ai", "acme-speech"], Complete("Restore-CognitiveAccount -Name ac"));
        Assert.Equal(["acme-ai", "acme-speech"], Complete("Restore-CognitiveAccount AC"));
        Assert.Equal(["acme-speech"], Complete("Get-DeletedCognitiveAccount *speech"));
        Assert.Equal(
            ["acme-ai", "acme-speech", "contoso-vision"], Complete("Remove-DeletedCognitiveAccount -AccountName "));
        Assert.Equal(["contoso-vision"], Complete("Test-CognitiveAccountRestore acme-ai, c"));
        Assert.Empty(Complete("Restore-CognitiveAccount -Name nothing"));
    }

    [Fact]
    public void What_the_line_says_already_narrows_the_rest()
    {
        GivenAccounts();

        Assert.Equal(["rg-a"], Complete("Restore-CognitiveAccount -Name acme-ai -ResourceGroupName "));
        Assert.Equal(["rg-a", "rg-b"], Complete("Get-DeletedCognitiveAccount -Name acme* -ResourceGroupName "));
        Assert.Equal(["westus2"], Complete("Restore-CognitiveAccount -ResourceGroupName rg-a -Location "));
        Assert.Equal(["acme-speech"], Complete("Get-DeletedCognitiveAccount -Kind Speech* -Name "));
        Assert.Equal(["OpenAI"], Complete("Get-DeletedCognitiveAccount -ResourceGroupName rg-a -Kind o"));
        Assert.Equal(["acme-ai"], Complete("Get-DeletedCognitiveAccount -Location 'West US 2' -Name "));
    }

    [Fact]
    public void A_subdomain_is_completed_from_those_that_deleted_accounts_hold()
    {
        GivenAccounts();
        Arm.State.AddDeletedAccount(
            "acme-docs", "rg-a", configure: account => account.CustomSubDomainName = "docs-prod");
        Arm.State.AddDeletedAccount(
            "acme-face", "rg-b", configure: account => account.CustomSubDomainName = "face-prod");

        Assert.Equal(["docs-prod", "face-prod"], Complete("Get-DeletedCognitiveAccount -SubDomainName "));
        Assert.Equal(["face-prod"], Complete("Get-DeletedCognitiveAccount -SubDomainName F"));
        Assert.Equal(["docs-prod"], Complete("Get-DeletedCognitiveAccount -Name acme-d* -SubDomainName "));
        Assert.Equal(["acme-face"], Complete("Get-DeletedCognitiveAccount -SubDomainName face* -Name "));
    }

    [Theory]
    [InlineData("w", new[] { "westus2" })]
    [InlineData("'West US", new[] { "'westus2'" })]
    [InlineData("EAST", new[] { "eastus" })]
    public void A_region_is_completed_in_any_spelling(string typed, string[] offered)
    {
        GivenAccounts();

        Assert.Equal(offered, Complete("Get-DeletedCognitiveAccount -Location " + typed));
    }

    [Fact]
    public void What_a_list_has_already_is_not_offered_again()
    {
        GivenAccounts();

        Assert.Equal(["acme-speech", "contoso-vision"], Complete("Restore-CognitiveAccount -Name acme-ai, "));
        Assert.Equal(["acme-speech", "contoso-vision"], Complete("Restore-CognitiveAccount 'acme-ai',"));
        Assert.Equal(["contoso-vision"], Complete("Restore-CognitiveAccount ACME-AI, acme-speech, "));
        Assert.Equal(["acme-speech"], Complete("Remove-DeletedCognitiveAccount -AccountName acme-ai, ac"));
        Assert.Equal(["rg-b"], Complete("Get-DeletedCognitiveAccount -ResourceGroupName rg-a, rg"));
        Assert.Equal(["acme-ai"], Complete("Restore-CognitiveAccount acme-speech, acme-ai"));
    }

    [Fact]
    public void A_resource_id_is_completed_by_its_beginning_or_by_the_accounts_name()
    {
        Arm.State.AddDeletedAccount("acme-ai", "rg-a", "westus2");
        Arm.State.AddDeletedAccount("acme-speech", "rg-b", "eastus", "SpeechServices");
        string ai = DeletedId("acme-ai", "rg-a", "westus2");
        string speech = DeletedId("acme-speech", "rg-b", "eastus");

        Assert.Equal([speech, ai], Complete("Restore-CognitiveAccount -ResourceId "));
        Assert.Equal([speech, ai], Complete("Get-DeletedCognitiveAccount -Id /subscriptions/"));
        Assert.Equal([ai], Complete("Remove-DeletedCognitiveAccount -ResourceId acme-a"));
        Assert.Equal([ai], Complete($"Restore-CognitiveAccount -ResourceId {speech}, "));
        Assert.Equal(["acme-ai"], Texts("Restore-CognitiveAccount -ResourceId acme-a", "ListItemText"));
        Assert.Matches(
            $"^OpenAI in rg-a, westus2, 4[78]h[0-5][0-9]m left: {ai}$",
            Assert.Single(Tips("Restore-CognitiveAccount -ResourceId acme-a")));
    }

    [Fact]
    public void Spans_of_time_are_completed_and_said_in_words()
    {
        Assert.Equal(["1h", "4h", "12h", "24h"], Complete("Get-DeletedCognitiveAccount -ExpiringWithin "));
        Assert.Equal(["5m", "30m", "1h", "4h"], Complete("Restore-CognitiveAccount -Timeout "));
        Assert.Equal(["30m"], Complete("Remove-DeletedCognitiveAccount -Timeout 3"));
        Assert.Equal(["'1h'"], Complete("Restore-CognitiveAccount -Timeout '1"));
        Assert.Empty(Complete("Restore-CognitiveAccount -Timeout 7"));
        Assert.Equal(
            ["Accounts that Azure purges within 4 hours"], Tips("Get-DeletedCognitiveAccount -ExpiringWithin 4"));
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void What_needs_quotes_has_them_and_what_is_quoted_stays_so()
    {
        Arm.State.AddDeletedAccount("acme-ai", "rg (old)", "eastus");

        Assert.Equal(["'rg (old)'"], Complete("Restore-CognitiveAccount -ResourceGroupName r"));
        Assert.Equal(["'rg (old)'"], Complete("Restore-CognitiveAccount -ResourceGroupName 'rg (o"));
        Assert.Equal(["\"rg (old)\""], Complete("Restore-CognitiveAccount -ResourceGroupName \"rg"));
        Assert.Equal(["'acme-ai'"], Complete("Restore-CognitiveAccount -Name 'ac"));
        Assert.Equal(["acme-ai"], Complete("Restore-CognitiveAccount -ResourceGroupName 'rg (old)' -Name "));
    }

    [Fact]
    public void Subscriptions_are_those_with_something_deleted_and_are_listed_when_they_are_named()
    {
        GivenAccounts();
        Arm.State.AddSubscription(OtherSubscription, "Other");
        Arm.State.AddSubscription("99999999-2222-4333-8444-555555555555", "Empty");
        Arm.State.AddDeletedAccount("other-ai", "rg-o", "eastus", subscriptionId: OtherSubscription);

        Assert.Equal(
            [OtherSubscription, Subscription], Complete("Get-DeletedCognitiveAccount -SubscriptionId "));
        Assert.Equal(
            ["other-ai"], Complete($"Restore-CognitiveAccount -SubscriptionId {OtherSubscription} -Name "));
        Assert.Equal(["other-ai"], Complete("Get-DeletedCognitiveAccount -AllSubscriptions -Name o"));
        Assert.Empty(Complete("Get-DeletedCognitiveAccount -Name o"));
    }

    [Fact]
    public void The_tip_says_what_it_is_where_and_how_long_it_can_be_restored()
    {
        GivenAccounts();

        string tip = Assert.Single(Tips("Restore-CognitiveAccount -Name acme-ai"));
        string group = Assert.Single(Tips("Restore-CognitiveAccount -ResourceGroupName rg-b"));

        Assert.Matches("^OpenAI in rg-a, westus2, 4[78]h[0-5][0-9]m left$", tip);
        Assert.Matches(
            "^acme-speech: SpeechServices, eastus, 4[78]h..m left; contoso-vision: OpenAI, eastus, 4[78]h..m left$",
            group);
    }

    [Fact]
    public void A_list_serves_a_minute_of_Tabs_and_a_restore_ends_that()
    {
        GivenAccounts();

        Complete("Restore-CognitiveAccount -Name ac");
        Complete("Remove-DeletedCognitiveAccount -ResourceGroupName ");
        Assert.Single(Arm.Requests);
        Shell.Run("Restore-CognitiveAccount acme-ai").ThrowIfFailed();

        Assert.Equal(["acme-speech"], Complete("Restore-CognitiveAccount -Name ac"));
    }

    [Fact]
    public void Not_signed_in_Tab_offers_nothing_and_writes_nothing()
    {
        GivenAccounts();
        Shell.Run("Disconnect-AzAccount; $global:Error.Clear()").ThrowIfFailed();

        ShellResult result = Tab("Restore-CognitiveAccount -Name ac");

        AssertSilent(result);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void Where_the_service_refuses_Tab_offers_nothing_and_writes_nothing()
    {
        GivenAccounts();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403 });

        AssertSilent(Tab("Restore-CognitiveAccount -Name ac"));
    }

    [Fact]
    public void A_service_that_doesnt_answer_holds_Tab_up_for_two_seconds_at_most()
    {
        GivenAccounts();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Silence });
        Complete("Get-Module -");
        var since = Stopwatch.StartNew();

        ShellResult result = Tab("Restore-CognitiveAccount -Name ac");

        // What a loaded machine needs besides is none of the service's silence.
        Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));
        AssertSilent(result);
    }

    private void AssertSilent(ShellResult result)
    {
        Assert.DoesNotContain(result.Output, match => $"{match.Properties["ResultType"].Value}" == "ParameterValue");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Empty(Screen.ToString());
        Assert.Empty(Shell.Run("$global:Error").Output);
    }
}
