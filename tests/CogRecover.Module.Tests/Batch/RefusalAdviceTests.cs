using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>What a user is told of a refusal that people met in the field: what it is, and what helps.</summary>
public sealed class RefusalAdviceTests : ModuleTest
{
    private const string Other = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    // The account was deleted 40 hours before its tests.
    private readonly DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-40);

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromMilliseconds(300),
    };

    private string Deadline => (deleted + TimeSpan.FromHours(48)).ToString(
        "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    [Fact]
    public void A_rule_of_Azures_own_needs_a_support_request_and_no_role()
    {
        Given("contoso");
        Refuse("PUT", 403, "RequestDisallowedByAzure", "Resource 'contoso' was disallowed by Azure: This policy "
            + "maintains a set of best available regions where your subscription can deploy resources.");

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "LockedOrForbiddenByPolicy", ErrorCategory.PermissionDenied,
            "No role helps: this is a rule of Azure's own for the subscription. Open a support request before "
            + $"{Deadline}, when the service purges the account: in the Azure portal, Help + support.");
        Assert.Contains("best available regions", $"{error}", StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public void A_deny_assignment_is_named_and_no_role_is_advised()
    {
        Given("contoso");
        const string id = "0bbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb2";
        Refuse("PUT", 403, "DenyAssignmentAuthorizationFailed", "The client 'ada' with object id 'x' has permission to "
            + $"perform action 'Microsoft.CognitiveServices/accounts/write' on scope '{LiveId("contoso")}'; however, "
            + "the access is denied because of the deny assignment with name 'Deny assignment '1' created by "
            + $"Deployment Stack 'prod'' and Id '{id}' at scope '/subscriptions/{Subscription}/resourceGroups/rg-ai'.");

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "LockedOrForbiddenByPolicy", ErrorCategory.PermissionDenied,
            "No role helps: a deny assignment stands above all roles. Ask the owner of 'Deny assignment '1' created by "
            + "Deployment Stack 'prod'' (a deployment stack or a managed application makes such) to take it away before "
            + $"{Deadline}, when the service purges the account. Get-AzDenyAssignment -Id '{id}' shows it.");
        Assert.Single(Writes);
    }

    [Fact]
    public void A_missing_role_is_named_with_the_action_the_scope_and_whom_to_give_it()
    {
        Given("contoso");
        Arm.State.SetPermissions([new(["*/read"])]);

        ErrorRecord restore = Assert.Single(
            Shell.Run("Restore-CognitiveAccount contoso -SkipPrerequisiteCheck").Errors);
        ErrorRecord purge = Assert.Single(Shell.Run("Remove-DeletedCognitiveAccount contoso -Force").Errors);

        string scope = $"/subscriptions/{Subscription}";
        AssertAdvice(restore, "AuthorizationFailed", ErrorCategory.PermissionDenied,
            $"A role helps that has Microsoft.CognitiveServices/accounts/write at {LiveId("contoso")}, such as "
            + "'Cognitive Services Contributor'. Ask an owner of that scope to run: New-AzRoleAssignment -ObjectId "
            + $"'{Options.CallerObjectId}' -RoleDefinitionName 'Cognitive Services Contributor' -Scope "
            + $"'{scope}/resourceGroups/rg-ai'");
        AssertAdvice(purge, "AuthorizationFailed", ErrorCategory.PermissionDenied,
            "A role at the resource group doesn't count: it takes one that has Microsoft.CognitiveServices/locations/"
            + $"resourceGroups/deletedAccounts/delete at {scope}, such as 'Cognitive Services Contributor'. Ask an "
            + "owner of that scope to run: New-AzRoleAssignment -ObjectId "
            + $"'{Options.CallerObjectId}' -RoleDefinitionName 'Cognitive Services Contributor' -Scope '{scope}'",
            RemoveClass);
    }

    [Fact]
    public void A_subscription_that_is_disabled_has_to_be_enabled_in_time_and_the_test_sees_it()
    {
        Given("contoso");
        Arm.State.AddSubscription(Subscription, "Contoso", "Disabled");
        string action = $"Ask the owner of subscription {Subscription} to enable it again before "
            + $"{Deadline}, when the service purges the account. Get-AzSubscription -SubscriptionId '{Subscription}' "
            + "shows its state.";

        ShellResult result = Shell.Run("""
            (Test-CognitiveAccountRestore contoso).Checks | Where-Object Name -EQ Subscription |
                ForEach-Object { "$_"; "$($_.ErrorId)"; $_.RecommendedAction }
            Restore-CognitiveAccount contoso
            """);

        Assert.Equal(
            [$"Subscription: Failed. Subscription {Subscription} is Disabled, and accepts no writes.",
                "SubscriptionDisabled", action],
            result.Output.Select(line => $"{line}"));
        AssertAdvice(Assert.Single(result.Errors), "SubscriptionDisabled", ErrorCategory.ResourceUnavailable, action);
        Assert.Empty(Writes);

        // Where nobody looks before, Azure says it.
        AssertAdvice(
            Assert.Single(Shell.Run("Restore-CognitiveAccount contoso -SkipPrerequisiteCheck").Errors),
            "SubscriptionDisabled", ErrorCategory.ResourceUnavailable, action + " Then run the command again.");
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount -SkipPrerequisiteCheck", "PUT", "restored", RestoreClass)]
    [InlineData("Remove-DeletedCognitiveAccount -Force", "DELETE", "purged", RemoveClass)]
    public void What_is_refused_for_a_whole_subscription_is_sent_once(
        string command, string method, string participle, string type)
    {
        string[] names = [.. Enumerable.Range(10, 40).Select(number => $"contoso-{number}")];
        foreach (string name in names) Given(name);
        Arm.State.AddSubscription(Other, "Other");
        Arm.State.AddDeletedAccount("elsewhere", "rg-ai", subscriptionId: Other);
        Refuse(method, 409, "ReadOnlyDisabledSubscription", "The subscription is disabled and therefore marked as read "
            + "only. You cannot perform any write actions on this subscription until it is re-enabled.",
            only: Subscription);

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount -AllSubscriptions | {command}");

        Assert.Equal(names, result.Errors.Select(error => $"{error.TargetObject}").Order());
        Assert.All(result.Errors, error =>
            Assert.Equal($"SubscriptionDisabled,{type}", error.FullyQualifiedErrorId));
        Assert.Equal(39, result.Errors.Count(error => Regex.IsMatch($"{error}",
            @"^Account 'contoso-\d\d' in resource group 'rg-ai' wasn't " + participle + ", and nothing was sent, "
            + @"because Azure has just refused the same for account 'contoso-\d\d' in resource group 'rg-ai': "
            + @"The subscription is disabled .* \(ReadOnlyDisabledSubscription\)\.$")));
        Assert.Equal([Subscription, Other], Writes.Select(write => write.Path.Split('/')[2]).Order());
        Assert.False(Arm.State.HasDeletedAccount("elsewhere", "rg-ai", subscriptionId: Other));
    }

    [Fact]
    public void The_roles_of_accounts_that_wait_are_advised_for_the_subscription_and_for_none_of_them()
    {
        foreach (string name in new[] { "contoso-1", "contoso-2", "contoso-3" }) Given(name);
        string refused = "";
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "DELETE") return false;
            refused = context.Request.Path.Value!;
            await WriteAsync(context, 403, "AuthorizationFailed", "The client 'ada' with object id "
                + $"'{Options.CallerObjectId}' does not have authorization to perform action 'Microsoft.CognitiveServices"
                + $"/locations/resourceGroups/deletedAccounts/delete' over scope '{refused}' or the scope is invalid.");
            return true;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force");

        Assert.Equal(3, result.Errors.Count);
        Assert.Equal($"A role at the resource group doesn't count: it takes one that has Microsoft.CognitiveServices/locations/"
            + $"resourceGroups/deletedAccounts/delete at /subscriptions/{Subscription}, such as 'Cognitive Services "
            + "Contributor'. Ask an owner of that scope to run: New-AzRoleAssignment -ObjectId "
            + $"'{Options.CallerObjectId}' -RoleDefinitionName 'Cognitive Services Contributor' -Scope "
            + $"'/subscriptions/{Subscription}'",
            Assert.Single(result.Errors.Select(error => error.ErrorDetails.RecommendedAction).Distinct()));
        string first = refused.Split('/')[^1];
        Assert.Equal(2, result.Errors.Count(error => $"{error}".Contains(
            $"because Azure has just refused the same for account '{first}' in", StringComparison.Ordinal)));
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData(409, "MissingSubscriptionRegistration",
        "The subscription is not registered to use namespace 'Microsoft.Network'.")]
    [InlineData(404, "SubscriptionNotFound", "The subscription '5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f' could not be found.")]
    public void What_is_refused_for_something_that_is_linked_to_an_account_is_none_of_the_others(
        int status, string code, string message)
    {
        Given("contoso-1");
        Given("contoso-2");
        Refuse("PUT", status, code, message, only: "contoso-1");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount");

        Assert.Equal(["contoso-2"], Names(result));
        Assert.Equal("contoso-1", $"{Assert.Single(result.Errors).TargetObject}");
    }

    [Fact]
    public void What_was_restored_while_the_first_was_refused_lives()
    {
        Given("contoso-1");
        Given("contoso-2");
        int sent = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT" || Interlocked.Increment(ref sent) > 1) return false;
            string other = context.Request.Path.Value!.EndsWith('1') ? "contoso-2" : "contoso-1";
            await RestoreElsewhereAsync(other);
            while (Arm.State.HasDeletedAccount(other, "rg-ai")) await Task.Delay(20, context.RequestAborted);
            await WriteAsync(context, 409, "ReadOnlyDisabledSubscription", "It is disabled.");
            return true;
        };

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck");

        Assert.NotEqual(Assert.Single(Names(result)), $"{Assert.Single(result.Errors).TargetObject}");
        Assert.Equal(2, Writes.Count());
    }

    [Fact]
    public void A_first_request_that_hangs_holds_the_others_for_some_seconds_only()
    {
        foreach (string name in new[] { "contoso-1", "contoso-2", "contoso-3" }) Given(name);
        using var others = new CountdownEvent(2);
        int sent = 0;
        bool areSent = false;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT") return false;
            if (Interlocked.Increment(ref sent) > 1) others.Signal();
            else
                for (int waits = 0; waits < 300 && !(areSent = others.IsSet); waits++)
                    await Task.Delay(100, context.RequestAborted);
            return false;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount").ThrowIfFailed();

        Assert.True(areSent);
        Assert.Equal(["contoso-1", "contoso-2", "contoso-3"], Names(result));
    }

    [Fact]
    public void A_refusal_of_one_account_is_none_of_the_others()
    {
        Given("contoso-1");
        Given("contoso-2");
        Refuse("PUT", 403, "RequestDisallowedByPolicy", "No.", only: "contoso-1");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount");

        Assert.Equal(["contoso-2"], Names(result));
        Assert.Equal("contoso-1", $"{Assert.Single(result.Errors).TargetObject}");
        Assert.Equal(2, Writes.Count());
    }

    [Fact]
    public void A_free_tier_that_another_deleted_account_holds_is_named_with_the_line_that_frees_it()
    {
        foreach (string name in new[] { "contoso", "older" })
            Arm.State.AddDeletedAccount(
                name, "rg-ai", kind: "SpeechServices", sku: "F0", deletionDate: deleted);
        Refuse("PUT", 400, "CanNotCreateMultipleFreeAccounts",
            "Operation failed. Only one free account is allowed for account type 'SpeechServices'.");

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "FreeTierInUse", ErrorCategory.LimitsExceeded,
            "Restore first the accounts that you want back. Purge only those that nobody needs, then restore again:\n" + Purge("older"));
        Assert.EndsWith("The free tier of SpeechServices in this subscription is held by soft-deleted account 'older' in "
            + "resource group 'rg-ai' (eastus).", $"{error}", StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public void Quota_that_deleted_accounts_hold_is_named_with_the_lines_that_free_it()
    {
        foreach (string name in new[] { "contoso", "older-1", "older-2" }) Given(name);
        Refuse("PUT", 400, "InsufficientQuota", "Insufficient quota. Cannot create/update/move resource 'contoso'.");

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "QuotaExceeded", ErrorCategory.QuotaExceeded,
            "Restore first the accounts that you want back. Purge only those that nobody needs, then restore again:\n"
            + $"{Purge("older-1")}\n{Purge("older-2")}\nRun Get-DeletedCognitiveAccount -SubscriptionId "
            + $"'{Subscription}' -Location 'eastus' to see which deleted accounts hold quota there, or ask for more: "
            + "https://aka.ms/oai/quotaincrease.");
        Assert.Single(Writes);
    }

    [Fact]
    public void A_provider_that_isnt_registered_has_its_line_and_the_test_sees_it()
    {
        Given("contoso");
        string[] shown = [.. Shell.Run("$account = Get-DeletedCognitiveAccount; $account.Name").ThrowIfFailed().Output
            .Select(name => $"{name}")];
        Arm.State.Unregister("Microsoft.CognitiveServices");
        const string register = "Register-AzResourceProvider -ProviderNamespace 'Microsoft.CognitiveServices' registers "
            + "it within minutes.";

        ShellResult result = Shell.Run("""
            ($account | Test-CognitiveAccountRestore).Checks | Where-Object Name -EQ Subscription |
                ForEach-Object { "$($_.Status)"; "$($_.ErrorId)"; $_.RecommendedAction }
            $account | Restore-CognitiveAccount -SkipPrerequisiteCheck
            """);

        Assert.Equal(["contoso"], shown);
        Assert.Equal(["Failed", "ProviderNotRegistered", register], result.Output.Select(line => $"{line}"));
        AssertAdvice(Assert.Single(result.Errors), "ProviderNotRegistered", ErrorCategory.ResourceUnavailable,
            register + " Then run the command again.");
        Assert.Single(Writes);
    }

    [Fact]
    public void An_account_between_two_states_is_waited_for()
    {
        Given("contoso");
        Refuse("PUT", 409, "AccountProvisioningStateInvalid", "Call to Microsoft.CognitiveServices/accounts failed. "
            + "Account contoso in state Accepted.", times: 2);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal(3, Writes.Count());
    }

    [Fact]
    public void Who_restores_second_ends_with_the_live_account_and_a_warning()
    {
        Given("contoso");
        int sent = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT" || Interlocked.Increment(ref sent) > 1) return false;

            // Somebody else restores it meanwhile.
            await RestoreElsewhereAsync("contoso");
            await WriteAsync(context, 409, "AccountProvisioningStateInvalid", "Account contoso in state Accepted.");
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal("Account 'contoso' in resource group 'rg-ai' is already live: there was nothing to restore.",
            Assert.Single(result.Warnings));

        // The other one's, the one that was refused, and the one that found nothing to restore any more.
        Assert.Equal(3, Writes.Count());
    }

    [Fact]
    public void A_restore_that_outlasts_the_timeout_names_its_state_and_the_line_that_waits_for_it()
    {
        Given("contoso");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/operationResults/", StringComparison.Ordinal)) return false;
            await context.Response.WriteAsync("""{"status":"Creating"}""");
            return true;
        };

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso -Timeout 00:00:02").Errors);

        AssertAdvice(error, "OperationTimedOut", ErrorCategory.OperationTimeout,
            $"Run Restore-CognitiveAccount -SubscriptionId '{Subscription}' -ResourceGroupName 'rg-ai' -Name 'contoso' "
            + "again to wait for it, with a longer -Timeout.");
        Assert.Equal("Account 'contoso' in resource group 'rg-ai' wasn't restored within 00:00:02. The service has "
            + "accepted it, and it goes on there (state: Creating).", $"{error}");
        Assert.Single(Writes);
    }

    [Fact]
    public void A_lock_is_seen_before_and_named_with_its_scope()
    {
        Given("contoso");
        Arm.State.AddLock("no-changes", ArmLockLevel.ReadOnly);
        Arm.State.AddLock("no-deletion", ArmLockLevel.CanNotDelete, "rg-ai");

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "LockedOrForbiddenByPolicy", ErrorCategory.PermissionDenied,
            "Ask the owner of the lock to remove it: Get-AzResourceLock -LockName 'no-changes' -Scope "
            + $"'/subscriptions/{Subscription}' shows it.");
        Assert.Contains($"Lock 'no-changes' makes /subscriptions/{Subscription} read-only.", $"{error}",
            StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_lock_of_another_group_is_none_of_the_account()
    {
        Given("contoso");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/locks", StringComparison.Ordinal)) return false;
            await context.Response.WriteAsync($$$"""
                {"value":[
                  {"id":"/subscriptions/{{{Subscription}}}/resourceGroups/rg-other/providers/Microsoft.Authorization/locks/l",
                   "properties":{"level":"ReadOnly"}},
                  {"id":"{{{LiveId("other")}}}/providers/Microsoft.Authorization/locks/l","properties":{"level":"ReadOnly"}},
                  {"id":"/subscriptions/{{{Subscription}}}/resourceGroups/RG-AI/providers/Microsoft.Authorization/locks/l",
                   "properties":{"level":"CanNotDelete"}}]}
                """);
            return true;
        };

        Assert.Equal(["contoso"], Names(Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed()));
    }

    [Fact]
    public void A_policys_refusal_names_policy_and_field_and_that_nothing_can_be_added()
    {
        Given("contoso");
        string assignment = $"/subscriptions/{Subscription}/providers/Microsoft.Authorization/policyAssignments/tags";
        Refuse("PUT", 403, "RequestDisallowedByPolicy", "Resource 'contoso' was disallowed by policy.",
            violated: "tags['CostCenter']", assignment: assignment);

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso").Errors);

        AssertAdvice(error, "LockedOrForbiddenByPolicy", ErrorCategory.PermissionDenied,
            "A restore request has only 'location' and 'restore', so nothing can be added to it. Ask the owner "
            + "of policy 'Tags, please' for an exemption: New-AzPolicyExemption -Name 'restore-accounts' "
            + $"-PolicyAssignment (Get-AzPolicyAssignment -Id '{assignment}') -Scope "
            + $"'/subscriptions/{Subscription}/resourceGroups/rg-ai' -ExemptionCategory Waiver. Then run the command "
            + "again.");
        Assert.EndsWith("Policy: Tags, please. Field: tags['CostCenter'].", $"{error}", StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public void A_line_for_another_subscription_than_the_contexts_leads_there()
    {
        Arm.State.AddSubscription(Other, "Other");
        Arm.State.AddDeletedAccount("contoso", "rg-retired", subscriptionId: Other);
        Arm.State.RemoveResourceGroup("rg-retired", Other);

        ErrorRecord error = Assert.Single(
            Shell.Run($"Restore-CognitiveAccount contoso -SubscriptionId {Other}").Errors);

        AssertAdvice(error, "ResourceGroupNotFound", ErrorCategory.ObjectNotFound,
            $"Add -CreateResourceGroup to Restore-CognitiveAccount, or create it with Set-AzContext -Subscription "
            + $"'{Other}'; New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'.");
    }

    private string Purge(string name) => $"Remove-DeletedCognitiveAccount -Name '{name}' -ResourceGroupName 'rg-ai' "
        + $"-Location 'eastus' -SubscriptionId '{Subscription}'";

    private async Task RestoreElsewhereAsync(string name)
    {
        using var other = new HttpClient();
        using var restore = new HttpRequestMessage(
            HttpMethod.Put, new Uri(Arm.Endpoint, LiveId(name) + "?api-version=2025-06-01"))
        {
            Content = new StringContent("""{"location":"eastus","properties":{"restore":true}}"""),
            Headers = { { "Authorization", "Bearer another-caller" } },
        };
        (await other.SendAsync(restore, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private void Given(string name) => Arm.State.AddDeletedAccount(name, "rg-ai", deletionDate: deleted);

    private static void AssertAdvice(
        ErrorRecord error, string id, ErrorCategory category, string action, string type = RestoreClass)
    {
        Assert.Equal($"{id},{type}", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("contoso", $"{error.TargetObject}");
        Assert.Equal(action, error.ErrorDetails.RecommendedAction);
    }

    private void Refuse(
        string method, int status, string code, string message, int times = int.MaxValue, string only = "",
        string? violated = null, string? assignment = null)
    {
        int refused = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != method
                || !context.Request.Path.Value!.Contains(only, StringComparison.OrdinalIgnoreCase)
                || Interlocked.Increment(ref refused) > times) return false;
            await WriteAsync(context, status, code, message, violated, assignment);
            return true;
        };
    }

    private static Task WriteAsync(
        HttpContext context, int status, string code, string message, string? violated = null,
        string? assignment = null)
    {
        context.Response.StatusCode = status;
        object[]? info = violated is null ? null :
        [
            new
            {
                type = "PolicyViolation",
                info = new
                {
                    policyAssignmentDisplayName = "Tags, please",
                    policyAssignmentId = assignment,
                    evaluationDetails = new
                    {
                        evaluatedExpressions = new[]
                        {
                            new { expressionKind = "Field", path = "type" },
                            new { expressionKind = "Field", path = violated },
                        },
                    },
                },
            },
        ];
        return context.Response.WriteAsync(JsonSerializer.Serialize(
            new { error = new { code, message, additionalInfo = info } }));
    }
}
