using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Input;

/// <summary>What a row names: for the command that lists, and for those that work on accounts.</summary>
public sealed class InputRowTests : ModuleTest
{
    private const string Other = "11111111-2222-4333-8444-555555555555";
    private const string Storage =
        "/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.Storage/storageAccounts/x";

    /// <summary>What is typed, what is piped in, and what Get and Restore take that for: the requests that ARM got, the
    /// errors, and the accounts that came of it.</summary>
    public static TheoryData<string, string, string, string> Rows => new()
    {
        // Blank.
        { "", "''", "blank, nothing named", "blank, nothing named" },
        { "", "@{ Name = '' }", "blank, nothing named", "blank, nothing named" },
        { "-ResourceGroupName rg-ai", "' '", "blank, nothing named", "blank, nothing named" },
        { "", "'', 'contoso-one'", "blank, list: contoso-one", "blank, list: contoso-one" },
        { "", "(Get-DeletedCognitiveAccount contoso-one), ''",
            "blank, list, read: contoso-one", "blank, list: contoso-one" },

        // Names nothing.
        { "", "@{ Name = ''; ResourceGroupName = 'rg-ai' }", "nothing named", "nothing named" },
        { "", "@{ Name = ''; DeletionDate = 'soon' }", "nothing named", "nothing named" },
        { "", "@{ Location = 'westus2' }", "nothing named", "nothing named" },
        { "", "@{ DeletionDate = 'soon' }", "nothing named", "nothing named" },
        { "", "@{ ResourceId = '' }", "nothing named", "blank, nothing named" },

        // A parameter that was typed and is blank.
        { "-Name ''", "", "blank parameter", "blank parameter" },
        { "-ResourceGroupName $undefined", "'contoso-one'", "blank parameter", "blank parameter" },
        { "contoso-one -ResourceId @()", "", "blank parameter", "blank parameter" },
        { "contoso-one -DeletionDate ' '", "", "blank parameter", "blank parameter" },

        // Names, and what narrows them down.
        { "contoso-one", "", "list: contoso-one", "list: contoso-one" },
        { "contoso-one, contoso-two", "", "list: contoso-one contoso-two", "list: contoso-one contoso-two" },
        { "contoso-one rg-ai", "", "list: contoso-one", "list: contoso-one" },
        { "contoso-one -ResourceGroupName rg-ai -Location 'West US 2'", "", "list: contoso-one", "read: contoso-one" },
        { "-Location westus2", "@{ Name = 'contoso-one'; ResourceGroupName = '' }",
            "list: contoso-one", "list: contoso-one" },
        { "", "@{ AccountName = 'contoso-three'; SubscriptionId = '{o}' }",
            "list of other: contoso-three", "list of other: contoso-three" },
        { "contoso-o*", "", "list: contoso-one", "InvalidResourceId" },
        { "", "@{ Name = 'contoso-one'; Id = '7' }", "list: contoso-one", "list: contoso-one" },
        { "", "@{ Name = 'contoso-one'; DeletionDate = 'soon' }", "InvalidDeletionDate", "InvalidDeletionDate" },

        // Resource ids, and what has to agree with them.
        { "-ResourceId '{one}'", "", "read: contoso-one", "read: contoso-one" },
        { "", "'{one}'", "read: contoso-one", "read: contoso-one" },
        { "", "@{ Id = '{one}' }", "read: contoso-one", "read: contoso-one" },
        { "contoso-two, '{one}'", "", "list, read: contoso-one contoso-two", "list, read: contoso-one contoso-two" },
        { "", "@{ Name = 'westus2/rg-ai/contoso-one'; Id = '{one}' }",
            "read: contoso-one", "read: contoso-one" },
        { "", "@{ Name = '{one}'; Id = '{one}' }", "read: contoso-one", "read: contoso-one" },
        { "", "@{ Name = 'contoso-two'; Id = '{one}' }", "read, DeletedAccountNotFound", "InvalidResourceId" },
        { "", "@{ SubscriptionId = '{o}'; Id = '{one}' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ ResourceGroupName = 'Microsoft.CognitiveServices'; Id = '{one}' }",
            "read: contoso-one", "read: contoso-one" },
        { "contoso-one, contoso-two -ResourceId '{one}'", "",
            "read: contoso-one", "read, InvalidResourceId: contoso-one" },
        { "", "@{ Id = '7' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Id = '7'; Location = 'westus2' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Id = '7'; ResourceGroupName = '' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Id = '7'; Name = '' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Id = '7'; Name = ''; ResourceGroupName = 'rg-ai' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Name = 'contoso-one'; Id = '" + Storage + "' }", "InvalidResourceId", "InvalidResourceId" },
        { "", "@{ Name = 'contoso-one'; Id = '{o}' }", "list: contoso-one", "InvalidResourceId" },

        // What lists are of: subscriptions and resource groups, as other modules write them.
        { "", "", "list: contoso-one contoso-two", "blank, nothing named" },
        { "-ResourceGroupName rg-a*", "", "list: contoso-one contoso-two", "blank, nothing named" },
        { "-Location eastus", "@{ ResourceGroupName = 'rg-ai' }", "list", "nothing named" },
        { "", "@{ ResourceGroupName = 'rg-ai'; Location = 'eastus' }",
            "list: contoso-one contoso-two", "nothing named" },
        { "", "@{ ResourceGroupName = 'rg-ai'; ResourceId = '/subscriptions/{s}/resourceGroups/rg-ai' }",
            "list: contoso-one contoso-two", "InvalidResourceId" },
        { "", "@{ Id = '7'; ResourceGroupName = 'rg-ai' }", "list: contoso-one contoso-two", "InvalidResourceId" },
        { "", "@{ SubscriptionId = '{o}' }", "list of other: contoso-three", "nothing named" },
        { "", "@{ Name = 'Production'; Id = '{o}'; SubscriptionId = '{o}' }",
            "list of other: contoso-three", "InvalidResourceId" },
        { "", "@{ Name = 'Production'; Id = '{s}' }", "list: contoso-one contoso-two", "InvalidResourceId" },
        { "", "@{ SubscriptionId = '{o}'; DeletionDate = 'soon' }", "InvalidDeletionDate", "nothing named" },
        { "-AllSubscriptions", "",
            "list, list of other, subscriptions: contoso-one contoso-three contoso-two", "ParameterBinding" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_a_row_names_is_decided_once(string typed, string piped, string get, string restore)
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.State.AddSubscription(Other, "Other");
        Arm.State.AddDeletedAccount("contoso-three", "rg-ai", subscriptionId: Other);
        string input = piped == "" ? "" : piped[0] == '@' ? $"[pscustomobject] {piped} | " : $"{piped} | ";

        Assert.Equal(get, Run($"{input}Get-DeletedCognitiveAccount {typed}"));
        Assert.Equal(restore, Run($"{input}Restore-CognitiveAccount {typed} -WhatIf -SkipPrerequisiteCheck"));
    }

    private string Run(string script)
    {
        Arm.ClearRequests();
        int shown = Screen.ToString().Length;

        ShellResult result = Shell.Run("$VerbosePreference = 'Continue'; " + script
            .Replace("{s}", Subscription).Replace("{o}", Other).Replace("{one}", DeletedId("contoso-one")));

        string[] kinds =
        [
            .. result.Verbose.Where(text => text == "A blank name was ignored.").Select(_ => "blank"),
            .. Arm.Requests.Select(Kind).Distinct().Order(),
            .. result.Errors.Select(Kind).Distinct(),
        ];
        string[] accounts = !script.Contains("-WhatIf", StringComparison.Ordinal)
            ? Names(result)
            : [.. Regex.Matches(Screen.ToString()[shown..], @"What\s+if:\s+Restore\s+account\s+'(.+?)'")
                .Select(match => match.Groups[1].Value).Order()];
        return string.Join(", ", kinds) + (accounts.Length == 0 ? "" : $": {string.Join(' ', accounts)}");
    }

    private static string Kind(ArmRequest request) =>
        request.Path == "/subscriptions" ? "subscriptions"
        : !request.Path.EndsWith("/deletedAccounts", StringComparison.Ordinal) ? "read"
        : request.Path.Contains(Other, StringComparison.Ordinal) ? "list of other"
        : "list";

    private static string Kind(ErrorRecord error) => $"{error}" switch
    {
        "No account is named." => "nothing named",
        var text when text.EndsWith(" is blank, and nothing was done.", StringComparison.Ordinal) => "blank parameter",
        _ when error.Exception is ParameterBindingException => "ParameterBinding",
        _ => error.FullyQualifiedErrorId.Split(',')[0],
    };
}
