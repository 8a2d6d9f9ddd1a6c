using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The lists that all runbooks take, typed wrong.</summary>
public sealed class RunbookListTests : RunbookTest
{
    private const string Clear = "Clear-DeletedAccount";

    private const string Restore = "Restore-UnexpectedDeletion";

    private const string Watch = "Watch-DeletedAccount";

    private string _runbook = Restore;

    private protected override string Runbook => _runbook;

    [Theory]
    [InlineData(Clear, "-ResourceGroupName '[\"\"]' -Kind OpenAI", "-ResourceGroupName has an empty entry. Nothing was")]
    [InlineData(Clear, "-ResourceGroupName ' , ' -Kind OpenAI", "-ResourceGroupName has an empty entry. Nothing was")]
    [InlineData(Clear, "-ResourceGroupName rg-ai, '' -Kind OpenAI", "-ResourceGroupName has an empty entry.")]
    [InlineData(Clear, "-Kind '[null]' -Tag env=test", "-Kind has an empty entry.")]
    [InlineData(Clear, "-Tag '[\"env=test\",\" \"]'", "-Tag has an empty entry.")]
    [InlineData(Clear, "-SubscriptionId '[\"\"]' -Kind OpenAI", "-SubscriptionId has an empty entry.")]
    [InlineData(Clear, "-ResourceGroupName '[]' -Kind OpenAI", "-ResourceGroupName is an empty list.")]
    [InlineData(Restore, "-SubscriptionId '[\"\"]'", "-SubscriptionId has an empty entry. Nothing was restored.")]
    [InlineData(Restore, "-ResourceGroupName ','", "-ResourceGroupName has an empty entry.")]
    [InlineData(Restore, "-ExcludeTag '[\"\"]'", "-ExcludeTag has an empty entry.")]
    [InlineData(Watch, "-SubscriptionId '[\" \"]'", "-SubscriptionId has an empty entry. Nothing was")]
    public void A_list_with_an_empty_entry_is_refused_before_anything_is_asked(
        string runbook, string arguments, string says) => AssertRefused(runbook, arguments, says);

    private void AssertRefused(string runbook, string arguments, string says)
    {
        GivenDeleted("contoso");
        _runbook = runbook;

        ShellResult result = Run(arguments);

        AssertFailed(result, says);
        Assert.Empty(result.Output);
        Assert.Empty(Arm.Requests);
        Assert.Single(Arm.State.DeletedAccounts);
    }
}
