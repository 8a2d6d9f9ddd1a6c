#if NET
using System.Management.Automation.Language;
#endif
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using CogRecover.Core.Errors;
using CogRecover.Core.Operations;
using CogRecover.Core.References;

namespace CogRecover.Engine.Tests.Errors;

/// <summary>What the table of ARM's codes makes of refusals, in the words that Azure uses.</summary>
public sealed class ArmCodeTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private const string Mine = "0aaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa1";
    private const string Theirs = "0bbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb2";
    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/rg";
    private const string Client = $"The client 'ada@contoso.com' with object id '{Mine}' ";

    private static readonly AccountReference Account = AccountReference.Parse(
        $"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/westus/resourceGroups/rg"
        + "/deletedAccounts/contoso");

    private static readonly DeletedCognitiveAccount Deleted = new()
    {
        Name = "contoso", ResourceGroupName = "rg", Location = "westus", SubscriptionId = Subscription,
        DeletionDate = DateTime.UtcNow, ScheduledPurgeDate = DateTime.UtcNow.AddHours(48),
        ResourceId = "/subscriptions/…", AccountId = $"{Group}/…",
    };

    private static readonly Attempt Restore =
        new RestoreAttempt(Account, DateTime.UtcNow.AddHours(1), subDomain: "contoso-sub");

    private static readonly Attempt RestoreTooLate = new RestoreAttempt(Account, DateTime.UtcNow.AddHours(-1));

    private static readonly Attempt Purge = new PurgeAttempt(Deleted);

    private static readonly Attempt CreateGroup = new ResourceAttempt(new RecoverableResource(
        AccountId.Group(Account), new Uri("https://management.azure.com"), "resource group", "westus")
    {
        LookAgain = "Get-AzResourceGroup -Name 'rg'", MissingRole = "Ask for a role.",
    });

    private static readonly Attempt RecoverVault = new ResourceAttempt(new RecoverableResource(
        new($"{Group}/providers/Microsoft.KeyVault/vaults/kv"), new Uri("https://management.azure.com"), "key vault",
        "westus")
    {
        LookAgain = "Get-AzKeyVault -VaultName 'kv'", MissingRole = "Ask for a role.",
    });

    private static readonly Attempt[] Attempts =
    [
        Restore, RestoreTooLate, Purge, CreateGroup, RecoverVault, new ListAttempt(Subscription), new SubscriptionsAttempt(),
        new LookupAttempt(Account),
    ];

    // Azure's own words, as public threads and its documentation have them.
    private static readonly Dictionary<string, string[]> Messages = new()
    {
        ["InvalidAuthenticationTokenTenant"] =
        [
            $"The access token is from the wrong issuer 'https://sts.windows.net/{Mine}/'. It must match the tenant "
                + $"'https://sts.windows.net/{Theirs}/' associated with this subscription. Please use the authority "
                + $"(URL) 'https://login.windows.net/{Theirs}' to get the token.",
        ],
        ["AuthorizationFailed"] =
        [
            Client + "does not have authorization to perform action 'Microsoft.CognitiveServices/accounts/write' over "
                + $"scope '{Group}/providers/Microsoft.CognitiveServices/accounts/contoso' or the scope is invalid.",
            Client + $"does not have authorization to perform action 'Contoso.Odd/things/read' over scope '{Group}' or "
                + "the scope is invalid.",
            Client + "does not have authorization to perform action 'Microsoft.CognitiveServices/locations/"
                + $"resourceGroups/deletedAccounts/delete' over scope '/subscriptions/{Subscription}' or the scope is "
                + "invalid.",
        ],
        ["LinkedAuthorizationFailed"] =
        [
            Client + "has permission to perform action 'Microsoft.CognitiveServices/accounts/write' on scope 'x'; "
                + "however, it does not have permission to perform action(s) "
                + "'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) "
                + $"'{Group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/ai' (respectively) or the linked "
                + "scope(s) are invalid.",
            Client + $"has permission to perform action 'x' on scope 'y', however the current tenant '{Mine}' is not "
                + $"authorized to access linked subscription '{Theirs}'.",
            Client + "does not have permission to perform action(s) 'Contoso.Odd/things/read' on the linked scope(s) 'z'.",
            Client + "does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action"
                + "' on the linked scope(s) '/one,/two' (respectively) or the linked scope(s) are invalid.",
        ],
        ["DenyAssignmentAuthorizationFailed"] =
        [
            Client + "has permission to perform action 'Microsoft.CognitiveServices/accounts/write' on scope 'x'; "
                + "however, the access is denied because of the deny assignment with name 'Deny assignment '1' created "
                + $"by Deployment Stack 'prod'' and Id '{Theirs}' at scope '{Group}'.",
        ],
        ["ScopeLocked"] =
        [
            $"The scope '{Group}/x' cannot perform write operation because following scope(s) are locked: '{Group}'. "
                + "Please remove the lock and try again.",
        ],
        ["MissingSubscriptionRegistration"] =
            ["The subscription is not registered to use namespace 'Microsoft.CognitiveServices'."],
        ["CannotDeleteResource"] =
        [
            "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
                + "'Microsoft.CognitiveServices/accounts/contoso/projects/agents'. Please delete all nested resources.",
        ],
        ["InvalidResourceType"] =
        [
            "The resource type 'deletedAccounts' could not be found in the namespace 'Microsoft.CognitiveServices' for "
                + "api version '1999-01-01'.",
            "The resource type 'deletedAccounts' could not be found in the namespace 'Microsoft.CognitiveServices' for "
                + "api version '1999-01-01'. The supported api-versions are '2017-04-18,2025-06-01'.",
        ],
        ["InvalidApiVersionParameter"] =
        [
            "The api-version '1999-01-01' is invalid. The supported versions are '2025-06-01,2021-04-30'.",
            "The api-version '1999-01-01' is invalid.",
        ],
        ["NoRegisteredProviderFound"] =
        [
            "No registered resource provider found for location 'westus' and API version '1999-01-01' for type "
                + "'accounts'. The supported api-versions are '2025-06-01, 2024-10-01'.",
            "No registered resource provider found for location 'mars' and API version '2025-06-01' for type "
                + "'accounts'. The supported api-versions are '2025-06-01'. The supported locations are 'westus'.",
        ],
    };

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CogRecover.psd1"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    [Fact]
    public void Every_row_explains_an_attempt_with_real_names_and_commands_that_PowerShell_can_read()
    {
        HashSet<ArmCode> seen = [];
        foreach ((Attempt attempt, RequestFailedException refusal) in Refusals())
        {
            seen.Add(ArmCode.Of(attempt, ArmError.Of(refusal)));
            RecoveryException failure = attempt.Explain(refusal);

            Assert.NotEmpty(failure.RecommendedAction);
            Assert.DoesNotMatch(@"[<>{}]", failure.RecommendedAction.Replace("@{", "").Replace(" }", ""));
            AssertCommands(failure.RecommendedAction);
            NextCommandTests.AssertRunnable(failure.RecommendedAction, failure.NextCommand);
            Assert.All(
                Regex.Matches(failure.RecommendedAction, "[0-9a-f]{8}-[0-9a-f-]{27}").Cast<Match>().Select(match => match.Value),
                id => Assert.Contains(id, new[] { Subscription, Mine, Theirs }));
        }

        Assert.Equal([], ArmCodes.Table.Where(row => !seen.Contains(row)).Select(row => $"{row.Status} {row.Code}"));
    }

    [Fact]
    public void A_code_that_isnt_in_the_table_is_told_in_Azures_words_with_the_id_of_its_status_and_no_claim()
    {
        foreach (int status in Enumerable.Range(400, 200))
            foreach (Attempt attempt in new[] { Restore, Purge })
                foreach ((string body, string said) in new[]
                {
                    ("""{"error":{"code":"Unheard","message":"The moon is full."}}""", "The moon is full (Unheard)."),
                    ("""{"Message":"The moon is full."}""", $"The moon is full. ({status})"),
                    ("""{"Error":{"Code":"Unheard","Message":"The moon is full."}}""", "The moon is full (Unheard)."),
                    ("""[{"code":"Unheard","message":"The moon is full."}]""", "The moon is full (Unheard)."),
                    ("""{"error":"The moon is full."}""", $"The moon is full. ({status})"),
                    ("""{"error":"odd","error_description":"The moon is full."}""", $"The moon is full. ({status})"),
                    ("""{"title":"Odd","detail":"The moon is full."}""", $"The moon is full. ({status})"),
                    ("\"The moon is full.\"", $"The moon is full. ({status})"),
                    ("""{"error":{"code":"","message":""}}""", """{"error":{"code":"","message":""}}""" + $" ({status})"),
                    ("{\"error\":{\"mess", $"{{\"error\":{{\"mess ({status})"),
                    ("The moon is full.", $"The moon is full. ({status})"),
                    ("<html><!-- a > b --><style>p {}</style><p>The moon\nis&nbsp;full.</p></html>",
                        $"The moon is full. ({status})"),
                    ("", $"the service answered {status} and gave no reason."),
                })
                {
                    RecoveryException failure = attempt.Explain(Refusal(status, body));

                    Assert.Equal(
                        status switch
                        {
                            401 => RecoveryErrorId.AuthenticationFailed,
                            403 => RecoveryErrorId.AuthorizationFailed,
                            429 => RecoveryErrorId.RequestThrottled,
                            408 or >= 500 => RecoveryErrorId.ServiceUnavailable,
                            _ => attempt.Refused,
                        },
                        failure.ErrorId);
                    Assert.Equal($"{attempt.NotDone}: {said}", failure.Message);
                    string look = $"Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Name 'contoso'";
                    Assert.Equal(
                        status switch
                        {
                            401 => "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity.",
                            408 or 429 or >= 500 => $"Wait a minute, then run {look}.",
                            _ => $"Run {look} to see what it is now.",
                        },
                        failure.RecommendedAction);
                }
    }

    [Fact]
    public void The_documentation_has_each_code_with_its_id_and_whether_it_passes()
    {
        string text = File.ReadAllText(Path.Combine(Repository, "docs", "troubleshooting.md"));

        Assert.Equal(
            ArmCodes.Table.Where(row => row.Code != "*").GroupBy(row => (row.Status, row.Code)).Select(rows => rows.First())
                .Select(row => $"| {(row.Status == "xxx" ? "any" : row.Status)} | `{row.Code}` | "
                    + $"{(row.Id is null ? "RestoreFailed, PurgeFailed" : $"{row.Id}")} | {(row.Passes ? "yes" : "no")} | ")
                .Order(),
            Regex.Matches(text, @"^\| \S+ \| `[^`]+` \| [\w, ]+ \| (yes|no) \| (?=\S.* \|\r?$)", RegexOptions.Multiline)
                .Cast<Match>().Select(row => row.Value).Order());
    }

    [Theory]
    [InlineData("The api-version '1999-01-01' is invalid.", "")]
    [InlineData("The api-version '1999-01-01' is invalid. The supported versions are '2017-04-18,2023-05-01'.",
        "2023-05-01")]
    [InlineData("The api-version '2025-06-01' is invalid.", null)]
    [InlineData("The api-version '2025-06-01' is invalid. The supported versions are '2017-04-18'.", null)]
    public void An_api_version_is_recommended_only_where_it_may_help(string message, string? recommended)
    {
        string action = Restore.Explain(Refusal(400, Json("InvalidApiVersionParameter", message))).RecommendedAction;

        Assert.Equal(
            recommended?.Length == 0 ? "Run the command again without -ApiVersion."
                : recommended is null ? "Run (Get-AzResourceProvider -ProviderNamespace 'Microsoft.CognitiveServices').ResourceTypes to see "
                    + "which versions this cloud supports, and give one from 2021-04-30 on with -ApiVersion."
                : $"Give -ApiVersion {recommended}, which the service supports.",
            action);
        Assert.Equal("Run Get-AzKeyVault -VaultName 'kv' to see what it is now.",
            RecoverVault.Explain(Refusal(400, Json("InvalidApiVersionParameter", message))).RecommendedAction);
    }

    [Theory]
    [InlineData(404, "SubscriptionNotFound", RecoveryErrorId.InvalidResourceId)]
    [InlineData(403, "SubscriptionNotFound", RecoveryErrorId.AuthorizationFailed)]
    [InlineData(409, "anotherOperationINPROGRESS", RecoveryErrorId.OperationInProgress)]
    [InlineData(400, "AnotherOperationInProgress", RecoveryErrorId.RestoreFailed)]
    [InlineData(503, "Unheard", RecoveryErrorId.ServiceUnavailable)]
    [InlineData(418, "Unheard", RecoveryErrorId.RestoreFailed)]
    [InlineData(409, "ResourceGroupNotFound", RecoveryErrorId.ResourceGroupNotFound)]
    [InlineData(404, ArmCode.NothingToRestore, RecoveryErrorId.RetentionExpired)]
    public void A_code_counts_with_its_status_alone(int status, string code, RecoveryErrorId id) =>
        Assert.Equal(id, RestoreTooLate.Explain(Refusal(status, Json(code, "No."))).ErrorId);

    [Fact]
    public void What_a_server_says_is_one_line_that_cant_move_the_cursor()
    {
        const string hostile = "No.\r\nRun this:\r\nRemove-Item C:/ -Recurse\u001b[2J\u202e";
        RecoveryException failure = Restore.Explain(Refusal(403, Json("AuthorizationFailed", Client
            + "does not have authorization to perform action 'a\r\nb' over scope '/x\r\ny' or the scope is invalid. "
            + hostile)));
        RecoveryException policy = Restore.Explain(Refusal(
            403, Json("RequestDisallowedByPolicy", hostile, "tags['a\r\nb']").Replace("Rules", "A\\r\\nB")));

        foreach (string text in new[] { failure.Message, failure.RecommendedAction, policy.Message, policy.RecommendedAction })
            Assert.DoesNotMatch(@"[\p{Cc}\u202e]", text);
    }

    [Theory]
    [InlineData("deny assignment with name '", 600)]
    [InlineData("scope(s) are locked: ", 600)]
    [InlineData("wrong issuer '0aaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa1' must match ", 100)]
    [InlineData("<!--", 50)]
    [InlineData("<script ", 50)]
    [InlineData("<", 50)]
    public async Task A_long_text_that_repeats_itself_is_explained_at_once(string part, int kilobytes)
    {
        string text = string.Concat(Enumerable.Repeat(part, kilobytes * 1000 / part.Length));

        // Without a bound it takes minutes.
        await Task.Run(() =>
            {
                Restore.Explain(Refusal(403, Json("AuthorizationFailed", text)));
                Restore.Explain(Refusal(502, text));
            }, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("tags['CostCenter']", true)]
    [InlineData("tags[CostCenter]", true)]
    [InlineData("tags.CostCenter", true)]
    [InlineData("tags[parameters('tagName')]", false)]
    [InlineData("tags[concat('a','b')]", false)]
    [InlineData("location", false)]
    public void Tags_are_advised_only_where_the_policy_names_them(string path, bool isAdvised) => Assert.Equal(
        isAdvised,
        CreateGroup.Explain(Refusal(403, Json("RequestDisallowedByPolicy", "No.", path))).RecommendedAction
            .StartsWith("Give -ResourceGroupTag @{ 'CostCenter' = '…' } with", StringComparison.Ordinal));

#if NET
    [Fact]
    public void What_a_server_names_cant_leave_the_quotes_of_a_command()
    {
        RecoveryException failure = Restore.Explain(Refusal(409, Json("ScopeLocked",
            "following scope(s) are locked: '/a\u2019; Remove-Item x; \u2018', '/b'. Please remove the lock.")));

        string command = Regex.Match(failure.RecommendedAction, "Get-AzResourceLock -Scope '[^.]*' shows").Value;
        Ast parsed = Parser.ParseInput(command, out _, out _);
        Assert.Single(parsed.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true));
    }
#endif

    // A command with its parameters, before the prose goes on.
    private static void AssertCommands(string text)
    {
        const string value = @"'(?:[^']|'')*'|\([^()]*\)|@\{[^}]*\}|\d{4}-[\w-]+|[A-Z]\w+";
        foreach (Match match in Regex.Matches(text, @$"\b[A-Z][a-z]+-[A-Z]\w+(?: -[A-Z]\w+(?: (?:{value}))?)*"))
        {
            Assert.Matches("^[A-Z][a-z]+-(Az[A-Z]|(Deleted)?Cognitive|PolicyExemption)", match.Value);
#if NET
            Ast parsed = Parser.ParseInput(match.Value, out _, out ParseError[] errors);
            Assert.True(errors.Length == 0, $"{match}: {errors.FirstOrDefault()?.Message}");
            var command = (CommandAst)parsed.Find(ast => ast is CommandAst, searchNestedScriptBlocks: false)!;
            Assert.StartsWith(command.GetCommandName() + " ", match.Value + " ", StringComparison.Ordinal);
            Assert.All(command.CommandElements.OfType<StringConstantExpressionAst>(),
                given => Assert.NotEmpty(given.Value));
#endif
        }
    }

    // Every code of the table, each with every message that Azure has for it, and with none.
    private static IEnumerable<(Attempt, RequestFailedException)> Refusals() =>
        from attempt in Attempts
        from code in ArmCodes.Table.Select(row => (Status: int.Parse(row.Status.Replace("x", "4")), row.Code)).Distinct()
        let status = code.Status == 444 ? 409 : code.Status == 344 ? 302 : code.Status == 544 ? 503 : code.Status
        let name = code.Code.Replace("*", "Another")
        from message in Messages.GetValueOrDefault(name, []).Append("No.")
        from violation in name == "RequestDisallowedByPolicy" ? new[] { "location", "tags['CostCenter']", null } : [null]
        select (attempt, Refusal(status, Json(name, message, violation)));

    /// <param name="violated">The field for which a policy forbids the request; null for none.</param>
    private static string Json(string code, string message, string? violated = null) => JsonSerializer.Serialize(new
    {
        error = new
        {
            code,
            message,
            additionalInfo = violated is null ? null : new[]
            {
                new
                {
                    info = new
                    {
                        policyAssignmentDisplayName = "Rules",
                        policyAssignmentId = $"{Group}/providers/Microsoft.Authorization/policyAssignments/rules",
                        evaluationDetails = new
                        {
                            evaluatedExpressions = new[] { new { expressionKind = "Field", path = violated } },
                        },
                    },
                },
            },
        },
    });

    private static RequestFailedException Refusal(int status, string body)
    {
        var response = new FakeResponse(status) { ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body)) };
        if (body.StartsWith('<')) response.Add("Content-Type", "text/html");
        return new RequestFailedException(response);
    }
}
