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

    [Fact]
    public void A_mistyped_list_or_one_with_an_empty_entry_is_refused_before_anything_is_asked()
    {
        GivenDeleted("contoso");
        (string Runbook, string Arguments, string Says)[] given =
        [
            (Clear, "-ResourceGroupName '[\"\"]' -Kind Face", "-ResourceGroupName has an empty entry. Nothing was"),
            (Clear, "-ResourceGroupName ' , ' -Kind OpenAI", "-ResourceGroupName has an empty entry. Nothing was"),
            (Clear, "-ResourceGroupName rg-ai, '' -Kind OpenAI", "-ResourceGroupName has an empty entry."),
            (Clear, "-Kind '[null]' -Tag env=test", "-Kind has an empty entry."),
            (Clear, "-Tag '[\"env=test\",\" \"]'", "-Tag has an empty entry."),
            (Clear, "-SubscriptionId '[\"\"]' -Kind OpenAI", "-SubscriptionId has an empty entry."),
            (Clear, "-ResourceGroupName '[]' -Kind OpenAI", "-ResourceGroupName is an empty list."),
            (Restore, "-SubscriptionId '[\"\"]'", "-SubscriptionId has an empty entry. Nothing was restored."),
            (Restore, "-ResourceGroupName ','", "-ResourceGroupName has an empty entry."),
            (Restore, "-ExcludeTag '[\"\"]'", "-ExcludeTag has an empty entry."),
            (Watch, "-SubscriptionId '[\" \"]'", "-SubscriptionId has an empty entry. Nothing was"),
            (Restore, "-ExcludeTag '[''env'']'", "-ExcludeTag isn't a JSON list: "),
            (Restore, "-ExcludeTag '[env'", "-ExcludeTag '[env' isn't a valid wildcard pattern. Nothing was"),
            (Restore, "-ExcludeTag 'env=[a'", "-ExcludeTag 'env=[a' isn't a valid wildcard pattern. Nothing was"),
            (Restore, "-ExcludeTag '[\"env\"'", "-ExcludeTag isn't a JSON list: "),
            (Restore, "-ExcludeTag '[1]'", "-ExcludeTag isn't a JSON list: "),
            (Restore, "-ExcludeDeletedBy '[admin@contoso.com]'", "-ExcludeDeletedBy isn't a JSON list: "),
            (Restore, "-ExcludeDeletedBy ' [a@b.example, c@d.example] '", "-ExcludeDeletedBy isn't a JSON list: "),
            (Restore, "-ResourceGroupName 'rg-[a'", "-ResourceGroupName 'rg-[a' isn't a valid wildcard pattern."),
            (Clear, "-ResourceGroupName '[rg-ai]'", "-ResourceGroupName isn't a JSON list: "),
            (Clear, "-Kind 'Open[' -Tag env=test", "-Kind 'Open[' isn't a valid wildcard pattern. Nothing was"),
            (Clear, "-SubscriptionId '[''id'']' -Kind OpenAI", "-SubscriptionId isn't a JSON list: "),
            (Watch, "-SubscriptionId '[''id'']'", "-SubscriptionId isn't a JSON list: "),
        ];

        Assert.All(given, one =>
        {
            _runbook = one.Runbook;
            ShellResult result = Run(one.Arguments);

            AssertFailed(result, one.Says);
            Assert.Empty(result.Output);
        });
        Assert.Empty(Arm.Requests);
        Assert.Single(Arm.State.DeletedAccounts);
    }

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
    public void What_excludes_nothing_is_a_verbose_line_and_no_warning()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: Tagged("lifecycle", "retired"),
            deletionDate: DateTimeOffset.UtcNow.AddHours(-2), deletedBy: "dana@contoso.com");

        ShellResult result = Run(
            "-ExcludeTag '[\"lifecycle=retired\",\"''env''\"]' -ExcludeDeletedBy dana@contoso.com, sam@contoso.com "
            + "-Verbose").ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Equal(
            ["-ExcludeTag ''env'' matches none of the 1 deleted accounts.",
                "-ExcludeDeletedBy 'sam@contoso.com' matches none of the 1 deleted accounts."],
            result.Verbose.Where(line => line.Contains("matches none", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_runbooks_share_one_text_so_that_a_fix_is_in_all_of_them()
    {
        string[] shared = [.. Directory.GetFiles(Path.Combine(Root, "examples", "runbooks"), "*.ps1")
            .Select(file => File.ReadAllText(file))
            .Select(text => text[text.IndexOf("# --- The same", StringComparison.Ordinal)
                ..text.IndexOf("# --- Until here", StringComparison.Ordinal)])];

        Assert.Equal(3, shared.Length);
        Assert.Single(shared.Distinct());
    }
}
