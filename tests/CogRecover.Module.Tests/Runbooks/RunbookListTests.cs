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
    [InlineData(Clear, "-ResourceGroupName '[\"\"]' -Kind Face", "-ResourceGroupName has an empty entry. Nothing was")]
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

    [Theory]
    [InlineData(Restore, "-ExcludeTag '[''env'']'", "-ExcludeTag isn't a JSON list: ")]
    [InlineData(Restore, "-ExcludeTag '[env'", "-ExcludeTag '[env' isn't a pattern: ")]
    [InlineData(Restore, "-ExcludeTag 'env=[a'", "-ExcludeTag 'env=[a' isn't a pattern: ")]
    [InlineData(Restore, "-ExcludeTag '[\"env\"'", "-ExcludeTag isn't a JSON list: ")]
    [InlineData(Restore, "-ExcludeTag '[1]'", "-ExcludeTag isn't a JSON list: ")]
    [InlineData(Restore, "-ExcludeDeletedBy '[admin@contoso.com]'", "-ExcludeDeletedBy isn't a JSON list: ")]
    [InlineData(Restore, "-ExcludeDeletedBy ' [a@b.example, c@d.example] '", "-ExcludeDeletedBy isn't a JSON list: ")]
    [InlineData(Restore, "-ResourceGroupName 'rg-[a'", "-ResourceGroupName 'rg-[a' isn't a pattern: ")]
    [InlineData(Clear, "-ResourceGroupName '[rg-ai]'", "-ResourceGroupName isn't a JSON list: ")]
    [InlineData(Clear, "-Kind 'Open[' -Tag env=test", "-Kind 'Open[' isn't a pattern: ")]
    [InlineData(Clear, "-SubscriptionId '[''id'']' -Kind OpenAI", "-SubscriptionId isn't a JSON list: ")]
    [InlineData(Watch, "-SubscriptionId '[''id'']'", "-SubscriptionId isn't a JSON list: ")]
    public void A_mistyped_list_is_refused_before_anything_is_asked(string runbook, string arguments, string says) =>
        AssertRefused(runbook, arguments, says);

    [Fact]
    public void A_list_of_several_lines_is_taken_as_one()
    {
        GivenDeleted("contoso");
        Arm.State.AddDeletedAccount("contoso-retired", "rg-ai", configure: Tagged("lifecycle", "retired"));

        ShellResult result = Run("-ExcludeTag \"[`n  `\"lifecycle=retired`\",`n  `\"lifecycle=gone`\"`n]`n\"")
            .ThrowIfFailed();

        Assert.Equal(["contoso"], Named(result, "Restored"));
        Assert.Equal(["contoso-retired"], Named(result, "Excluded"));
    }

    [Fact]
    public void What_excludes_nothing_is_a_warning()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: Tagged("lifecycle", "retired"),
            deletionDate: DateTimeOffset.UtcNow.AddHours(-2), deletedBy: "dana@contoso.com");

        ShellResult result = Run(
            "-ExcludeTag '[\"lifecycle=retired\",\"''env''\"]' -ExcludeDeletedBy dana@contoso.com, sam@contoso.com")
            .ThrowIfFailed();

        Assert.Equal(
            ["-ExcludeTag ''env'' matches none of the 1 deleted accounts.",
                "-ExcludeDeletedBy 'sam@contoso.com' matches none of the 1 deleted accounts."],
            result.Warnings);
    }

    [Fact]
    public void Where_nothing_is_deleted_an_exclude_is_no_warning()
    {
        Assert.Empty(Run("-ExcludeTag env -ExcludeDeletedBy sam@contoso.com").ThrowIfFailed().Warnings);
    }

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
