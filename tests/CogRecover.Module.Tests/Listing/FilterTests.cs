using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

/// <summary>What is listed by tag and date, and what is said of a filter that nothing matches.</summary>
public sealed class FilterTests : ModuleTest
{
    [Theory]
    [InlineData("-Tag env", "one three two")]
    [InlineData("-Tag env=prod", "one two")]
    [InlineData("-Tag ENV=PROD, owner", "four one two")]
    [InlineData("-Tag 'e*=p*'", "one two")]
    [InlineData("-Tag 'env='", "")]
    [InlineData("-Tag @{ env = 'prod'; team = 'speech' }", "one")]
    [InlineData("-Tag @{ env = 'prod', 'test'; team = 'speech' }", "one three")]
    [InlineData("-Tag @{ team = '*' }", "one three two")]
    [InlineData("-Tag (Get-DeletedCognitiveAccount one).Tags", "one")]
    [InlineData("-Tag @{ env = 'test' }, 'owner=dana'", "four three")]
    [InlineData("-Tag ([ordered] @{ build = 7 })", "four")]
    [InlineData("-Tag env=prod -AllSubscriptions", "one two")]
    public void Accounts_are_listed_by_their_tags(string filter, string names)
    {
        Given("one", ("env", "prod"), ("team", "speech"));
        Given("two", ("env", "prod"), ("team", "vision"));
        Given("three", ("env", "test"), ("team", "speech"));
        Given("four", ("owner", "dana"), ("build", "7"));

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}").ThrowIfFailed();

        Assert.Equal(names, string.Join(" ", Names(result)));
    }

    [Theory]
    [InlineData("-Tag '=prod'", "InvalidTag", "has a tag without a name")]
    [InlineData("-Tag @{ '' = 'prod' }", "InvalidTag", "has a tag without a name")]
    [InlineData("-Tag @{}", "InvalidTag", "has a tag without a name")]
    [InlineData("-Tag @{ env = $unset }", "InvalidTag", "the value of 'env'")]
    [InlineData("-Tag @{ env = @() }", "InvalidTag", "the value of 'env'")]
    [InlineData("-Tag ([pscustomobject] @{ env = 'test' })", "InvalidTag", "the value of")]
    [InlineData("-Tag 'env=[ab'", "InvalidWildcardPattern", "[ab")]
    [InlineData("-DeletedBy '[ab'", "InvalidWildcardPattern", "[ab")]
    public void A_filter_that_cant_be_one_is_an_error_and_lists_nothing(string filter, string id, string message)
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"{id},{GetClass}", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("-DeletedAfter ([datetime]::UtcNow.AddHours(-10))", "late")]
    [InlineData("-DeletedBefore ([datetime]::UtcNow.AddHours(-10))", "early")]
    [InlineData("-DeletedAfter ([datetime]::Now.AddHours(-10))", "late")]
    [InlineData("-DeletedAfter '2026-01-01 10:00 UTC' -DeletedBefore '2126-01-01 10:00 UTC'", "early late")]
    [InlineData("-DeletedAfter ([datetime]::UtcNow.AddHours(-25)) -DeletedBefore ([datetime]::UtcNow.AddHours(-1))",
        "early late")]
    [InlineData("-DeletedAfter ([datetime]::UtcNow.AddHours(-10)) -DeletedBefore ([datetime]::UtcNow.AddHours(-8))", "")]
    public void Accounts_are_listed_by_the_time_of_their_deletion(string filter, string names)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Arm.State.AddDeletedAccount("early", "rg-ai", deletionDate: now.AddHours(-20));
        Arm.State.AddDeletedAccount("late", "rg-ai", deletionDate: now.AddHours(-2));

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}").ThrowIfFailed();

        Assert.Equal(names, string.Join(" ", Names(result)));
    }

    [Theory]
    [InlineData("-DeletedAfter 24")]
    [InlineData("-DeletedBefore 0")]
    [InlineData("-DeletedBefore $unset")]
    [InlineData("-DeletedAfter $unset")]
    public void A_number_or_nothing_is_no_time_of_a_deletion(string filter)
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}");

        string message = (result.TerminatedBy ?? Assert.Single(result.Errors).Exception).Message;
        Assert.Contains(filter.Contains('$') ? "null" : "isn't a date. Write (Get-Date).AddHours(-6)", message,
            StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void The_group_may_stand_second_as_in_the_other_commands()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-one");
        Arm.State.AddDeletedAccount("contoso", "rg-two");

        ShellResult result = Shell.Run("(Get-DeletedCognitiveAccount contoso rg-two).ResourceGroupName").ThrowIfFailed();

        Assert.Equal("rg-two", Assert.Single(result.Output).ToString());
    }

    [Theory]
    [InlineData("-Kind OpenIA", "No deleted account is of kind 'OpenIA'. Did you mean 'OpenAI'?")]
    [InlineData("-Kind AzureOpenAI", "No deleted account is of kind 'AzureOpenAI'. Did you mean 'OpenAI'?")]
    [InlineData("-Kind Speech", "No deleted account is of kind 'Speech'. Did you mean 'SpeechServices'?")]
    [InlineData("-ResourceGroupName rg-finace",
        "No deleted account was in resource group 'rg-finace'. Did you mean 'rg-finance'?")]
    public void A_filter_that_is_a_mistake_is_a_warning_that_says_what_was_meant(string filter, string warning)
    {
        Arm.State.AddDeletedAccount("contoso", "rg-finance");

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Equal(warning, Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("-Kind Face", "No deleted account is of kind 'Face'.")]
    [InlineData("-Kind OpenAI*x", "No deleted account is of kind 'OpenAI*x'.")]
    [InlineData("-Kind LUIS*", "No deleted account is of kind 'LUIS*'.")]
    [InlineData("-Kind Fa*", "No deleted account is of kind 'Fa*'.")]
    [InlineData("-ResourceGroupName rg-unknown", "No deleted account was in resource group 'rg-unknown'.")]
    [InlineData("-ResourceGroupName rg", "No deleted account was in resource group 'rg'.")]
    [InlineData("-ResourceGroupName web-*", "No deleted account was in resource group 'web-*'.")]
    [InlineData("-Tag env=prd", "No deleted account has tag 'env=prd'.")]
    [InlineData("-Location uksouth", "No deleted account was in location 'uksouth'.")]
    public void A_filter_that_nothing_matches_tonight_is_a_verbose_line(string filter, string line)
    {
        Arm.State.AddDeletedAccount("contoso", "rg-finance");

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter} -Verbose").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
        Assert.Contains(line, result.Verbose);
        Assert.Contains("0 of 1 deleted accounts match.", result.Verbose);
    }

    [Fact]
    public void A_misspelled_name_is_an_error_that_names_the_account_that_is_meant()
    {
        GivenDeleted("contoso-openai-prod");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contoso-openai-prdo");

        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound,
            "contoso-openai-prdo", "Did you mean 'contoso-openai-prod'?",
            $"Run Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Name 'contoso-openai-prod'");
    }

    [Fact]
    public void Groups_that_are_piped_in_dont_warn()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-finance");

        ShellResult result = Shell.Run(
            "[pscustomobject] @{ ResourceGroupName = 'rg-finace' } | Get-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Empty(result.Output);
    }

    private void Given(string name, params (string Name, string Value)[] tags) => Arm.State.AddDeletedAccount(
        name, "rg-ai", configure: account => account.Tags = tags.ToDictionary(tag => tag.Name, tag => tag.Value));
}
