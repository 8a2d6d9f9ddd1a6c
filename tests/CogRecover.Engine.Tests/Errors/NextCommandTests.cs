#if NET
using System.Management.Automation.Language;
#endif
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using CogRecover.Core.Errors;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Engine.Tests.Errors;

/// <summary>What an error recommends can be run as it is, or there is nothing to run.</summary>
public sealed class NextCommandTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";

#if NET
    // What a switch needs no value for.
    private static readonly string[] Switches = ["-AllSubscriptions", "-Identity"];
#endif

    private static readonly DeletedCognitiveAccount Deleted = new()
    {
        Name = "con'toso", ResourceGroupName = "rg (1)", Location = "westus", SubscriptionId = Subscription,
        DeletionDate = DateTime.UtcNow, ScheduledPurgeDate = DateTime.UtcNow.AddHours(48), ResourceId = "/subscriptions/1",
        AccountId = "/subscriptions/1",
    };

    public static TheoryData<string> Factories =>
        [.. Methods.Select(method => $"{method.DeclaringType!.Name}.{method}").Distinct()];

    private static IEnumerable<MethodInfo> Methods => typeof(LookupErrors).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Errors", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(RecoveryException));

    [Theory]
    [MemberData(nameof(Factories))]
    public void Each_error_that_has_a_command_has_one_that_PowerShell_can_run_as_it_is(string factory)
    {
        MethodInfo method = Methods.First(method => $"{method.DeclaringType!.Name}.{method}" == factory);
        var failure = (RecoveryException)method.Invoke(
            null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))])!;

        AssertRunnable(failure.RecommendedAction, failure.NextCommand);
    }

    [Theory]
    [InlineData("Run Get-AzSubscription to see the ids.", "Get-AzSubscription")]
    [InlineData("Wait a minute, then run Get-AzKeyVault -VaultName 'kv'.", "Get-AzKeyVault -VaultName 'kv'")]
    [InlineData("Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity.", "Connect-AzAccount")]
    [InlineData("Create it: Set-AzContext -Subscription 'a'; New-AzResourceGroup -Name 'it''s. b' -Location 'c'. Then go on.",
        "Set-AzContext -Subscription 'a'; New-AzResourceGroup -Name 'it''s. b' -Location 'c'")]
    [InlineData("Purge it:\nRemove-DeletedCognitiveAccount -Name 'a'\nRemove-DeletedCognitiveAccount -Name 'b'",
        "Remove-DeletedCognitiveAccount -Name 'a'")]
    [InlineData("Give it another tier: Set-AzCognitiveServicesAccount -Name 'a' -SkuName S0",
        "Set-AzCognitiveServicesAccount -Name 'a' -SkuName S0")]
    [InlineData("Connect-AzAccount -ClaimsChallenge \"eyJ9\"", "Connect-AzAccount -ClaimsChallenge \"eyJ9\"")]
    [InlineData("Run (Get-AzResourceProvider -ProviderNamespace 'A.B').ResourceTypes to see the regions.",
        "(Get-AzResourceProvider -ProviderNamespace 'A.B').ResourceTypes")]
    [InlineData("Exempt it: New-AzPolicyExemption -PolicyAssignment (Get-AzPolicyAssignment -Id '/a') -ExemptionCategory Waiver.",
        "New-AzPolicyExemption -PolicyAssignment (Get-AzPolicyAssignment -Id '/a') -ExemptionCategory Waiver")]
    [InlineData("Create it: Set-AzContext -Subscription 'a'; New-AzResourceGroup -Name 'b' -Location <region>", null)]
    [InlineData("Run Backup-AzKeyVaultKey -Name <key> now: Restore-AzKeyVaultKey puts it back.", null)]
    [InlineData("Make it: New-AzPrivateEndpoint -Subnet (Get-AzVirtualNetworkSubnetConfig -ResourceId <id>)", null)]
    [InlineData("Add -RestoreDependency to Restore-CognitiveAccount: it waits.", null)]
    [InlineData("Select it first: Select-Object Id, Name.", null)]
    [InlineData("Run, once Get-AzResourceGroup -Name 'a' finds it no more, New-AzResourceGroup -Name 'a'", null)]
    [InlineData("Create the account again.", null)]
    [InlineData("", null)]
    public void The_command_is_what_the_sentence_tells_to_run(string sentence, string? command) =>
        Assert.Equal(command, CommandLine.In(sentence));

    [Theory]
    [InlineData("deny: Remove-AzResourceGroup -Name 'rg-prod'")]
    [InlineData("deny: Remove-AzResourceGroup -Name 'rg-prod")]
    [InlineData("deny. Then run Remove-Everything")]
    public void A_command_in_the_name_of_a_policy_isnt_the_next_one(string policy)
    {
        string body = $$$"""
            {"error":{"code":"RequestDisallowedByPolicy","message":"No.","additionalInfo":[{"type":"PolicyViolation",
            "info":{"policyAssignmentDisplayName":"{{{policy}}}","policyAssignmentId":"/a"}}]}}
            """;
        var refusal = new RequestFailedException(Response(403, body));

        RecoveryException failure = new PurgeAttempt(Deleted).Explain(refusal);

        Assert.DoesNotContain("Remove-", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("Get-DeletedCognitiveAccount ", failure.NextCommand, StringComparison.Ordinal);
    }

    /// <summary>Whether a command line can be pasted, and no sentence that has one goes without.</summary>
    internal static void AssertRunnable(string sentence, string? command)
    {
        if (command is null)
        {
            // A placeholder, or a time to wait for.
            if (!Regex.IsMatch(sentence, "<[a-z ]+>|once .* finds|until .* finds"))
                Assert.DoesNotMatch(@"(^|[Rr]un |with |[:.] )[A-Z][a-z]+-(Az|Cognitive|Deleted)", sentence);
            return;
        }

        Assert.Contains(command, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('<', command);
#if NET
        ScriptBlockAst script = Parser.ParseInput(command, out _, out ParseError[] errors);
        Assert.Empty(errors);
        CommandAst[] commands = [.. script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()];
        Assert.NotEmpty(commands);
        Assert.All(commands, one =>
        {
            Assert.Matches(@"^[A-Z][a-z]+-[A-Z]\w+\z", one.GetCommandName());
            Assert.All(one.CommandElements.Skip(1).Select((element, index) => (element, next: index + 2)), part =>
            {
                if (part.element is CommandParameterAst parameter
                    && one.CommandElements.ElementAtOrDefault(part.next) is null or CommandParameterAst)
                    Assert.Contains(parameter.Extent.Text, Switches);
            });
        });
#endif
    }

    private static object? Sample(Type type)
    {
        if (type == typeof(string)) return "it's";
        if (type == typeof(DeletedCognitiveAccount)) return Deleted;
        if (type == typeof(AccountReference)) return AccountReference.Of(Deleted);
        if (type == typeof(RecoveryException))
            return new RecoveryException(RecoveryErrorId.QuotaExceeded, "It failed.", "Run Get-AzSubscription to see it.");
        if (type == typeof(SearchedSubscriptions)) return new SearchedSubscriptions([Subscription], [], true, 0);
        if (type == typeof(Uri)) return new Uri("https://management.azure.com");
        if (type == typeof(ArmError)) return ArmError.Of(new RequestFailedException(Response(401, "{}")));
        if (type == typeof(IReadOnlyList<RestoreCheck>)) return new[] { Failed("Run Get-AzSubscription to see it.") };
        if (type == typeof(IReadOnlyList<string>) || type == typeof(IEnumerable<string>)) return new[] { "westus" };
        if (type == typeof(Exception) || type == typeof(RequestFailedException)) return null;
        if (type == typeof(Attempt)) return new PurgeAttempt(Deleted);
        if (type == typeof(ThrottleNotice)) return new ThrottleNotice(Subscription, "read", DateTime.UtcNow);
        if (type == typeof(ThrottledException)) return new ThrottledException(null, null, new OperationCanceledException());
        if (type.IsGenericType && type.GetGenericArguments() is [var item])
        {
            object? one = item == typeof(DeletedCognitiveAccount) ? Deleted : new CognitiveAccount
            {
                Name = "living", ResourceGroupName = "rg", Location = "westus", SubscriptionId = Subscription,
            };
            var array = Array.CreateInstance(item, 1);
            array.SetValue(one, 0);
            return array;
        }

        return Activator.CreateInstance(type);
    }

    private static FakeResponse Response(int status, string body)
    {
        var response = new FakeResponse(status) { ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body)) };
        response.Add("Content-Type", "application/json");
        return response;
    }

    private static RestoreCheck Failed(string action) => new()
    {
        Name = "Lock", Status = RestoreCheckStatus.Failed, Message = "No.", RecommendedAction = action,
    };
}
