using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>A restore that Azure refuses because another account holds what the account needs names that one.</summary>
public sealed class HolderTests : ModuleTest
{
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    [Fact]
    public void A_subdomain_in_use_names_the_deleted_account_that_holds_it_and_the_line_that_purges_it()
    {
        Given("contoso", subDomain: "contoso-prod");
        Given("older", group: "rg-o'neill", subDomain: "CONTOSO-PROD");
        Given("fabrikam", subDomain: "fabrikam");
        Given("far", subDomain: "contoso-prod", subscription: OtherSubscription);
        Refuse(409, "CustomDomainInUse");

        ErrorRecord error = Restore();

        AssertError(error, $"SubdomainInUse,{RestoreClass}", ErrorCategory.ResourceExists, "contoso",
            "(CustomDomainInUse). Subdomain 'contoso-prod' is held by soft-deleted account 'older' in resource group "
            + "'rg-o'neill' (eastus).",
            "Restore first the accounts that you want back. Purge only those that nobody needs, then restore again:\n"
            + Purge("older", "rg-o''neill"));
        Assert.EndsWith($"-SubscriptionId '{Subscription}'", error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
        Assert.DoesNotContain("far", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_the_command_restores_too_isnt_named_for_a_purge()
    {
        Given("contoso", kind: "OpenAI");
        Given("older", kind: "OpenAI");
        Given("wanted", kind: "OpenAI");
        Refuse(400, "InsufficientQuota", times: 1);

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount contoso, wanted | Restore-CognitiveAccount -ThrottleLimit 1");

        ErrorRecord error = Assert.Single(result.Errors);
        string said = $"{error} {error.ErrorDetails.RecommendedAction}";
        Assert.Contains("'older'", said, StringComparison.Ordinal);
        Assert.DoesNotContain("'wanted'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recommended_line_frees_the_subdomain()
    {
        Given("contoso", subDomain: "contoso-prod");
        Given("older", subDomain: "contoso-prod");
        Refuse(409, "CustomDomainInUse", times: 1);

        Shell.Run("""
            Restore-CognitiveAccount contoso -ErrorVariable refused -ErrorAction SilentlyContinue
            $lines = $refused[0].ErrorDetails.RecommendedAction -split "`n"
            & ([scriptblock]::Create("$($lines -match '^Remove') -Force"))
            Restore-CognitiveAccount contoso
            """).ThrowIfFailed();

        Assert.Equal([$"/accounts/contoso", "/deletedAccounts/older", "/accounts/contoso"],
            Writes.Select(write => "/" + string.Join('/', write.Path.Split('/')[^2..])));
    }

    [Fact]
    public void A_live_account_that_has_the_subdomain_is_named_too()
    {
        Given("contoso", subDomain: "contoso-prod");
        Arm.State.AddAccount("successor", "rg-new", configure: account => account.CustomSubDomainName = "contoso-prod");
        Refuse(409, "CustomDomainInUse");

        ErrorRecord error = Restore();

        Assert.EndsWith("is held by live account 'successor' in resource group 'rg-new' (eastus).", error.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Purge", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith(
            "Look at the live one: Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-new' -Name 'successor'",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lives_under_the_accounts_own_name_isnt_called_a_holder()
    {
        Given("contoso", subDomain: "contoso-prod");
        Arm.State.AddAccount("contoso", "rg-ai", configure: account => account.CustomSubDomainName = "contoso-prod");
        Refuse(409, "CustomDomainInUse");

        ErrorRecord error = Restore("contoso -SkipPrerequisiteCheck");

        Assert.Equal($"SubdomainInUse,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.EndsWith("(CustomDomainInUse).", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_free_account_names_the_deleted_and_the_live_one_of_the_kind()
    {
        Given("contoso", kind: "SpeechServices", sku: "F0");
        Given("older", kind: "speechservices", sku: "f0", location: "West US 2");
        Given("paid", kind: "SpeechServices");
        Given("vision", kind: "ComputerVision", sku: "F0");
        Arm.State.AddAccount("living", "rg-live", kind: "SpeechServices", sku: "F0");
        Arm.State.AddAccount("living-paid", "rg-live", kind: "SpeechServices");
        Refuse(400, "CanNotCreateMultipleFreeAccounts");

        ErrorRecord error = Restore("contoso -SkipPrerequisiteCheck");

        AssertError(error, $"FreeTierInUse,{RestoreClass}", ErrorCategory.LimitsExceeded, "contoso",
            "The free tier of SpeechServices in this subscription is held by soft-deleted account 'older' in resource "
            + "group 'rg-ai' (westus2); live account 'living' in resource group 'rg-live' (eastus).",
            Purge("older", location: "westus2"));
        Assert.Contains("Set-AzCognitiveServicesAccount -ResourceGroupName 'rg-live' -Name 'living' -SkuName S0",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subdomain_that_a_deleted_account_of_another_subscription_holds_names_it_and_its_subscription()
    {
        Given("contoso", subDomain: "contoso-prod");
        Given("far", subDomain: "Contoso-Prod", subscription: OtherSubscription);
        Refuse(409, "CustomDomainInUse");

        ErrorRecord error = Restore();

        Assert.EndsWith("is held by soft-deleted account 'far' in resource group 'rg-ai' (eastus, subscription "
            + $"{OtherSubscription}).", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"-Location 'eastus' -SubscriptionId '{OtherSubscription}'",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_account_with_the_free_tier_is_seen_before_and_nothing_is_sent()
    {
        Given("contoso", kind: "SpeechServices", sku: "F0");
        Arm.State.AddAccount("other-kind", "rg-live", kind: "ComputerVision", sku: "F0");
        Arm.State.AddAccount("living", "rg-live", kind: "SpeechServices", sku: "F0");

        ErrorRecord error = Restore();

        AssertError(error, $"FreeTierInUse,{RestoreClass}", ErrorCategory.LimitsExceeded, "contoso",
            "Live account 'living' in resource group 'rg-live' (eastus) has the free tier of SpeechServices",
            "Set-AzCognitiveServicesAccount -ResourceGroupName 'rg-live' -Name 'living' -SkuName S0");
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("older", "", "Warning")]
    [InlineData("", "/accounts$", "Unknown")]
    [InlineData("", "providers/Microsoft.CognitiveServices/deletedAccounts$", "Unknown")]
    [InlineData("", "", "Passed")]
    public void A_deleted_one_is_warned_of_and_what_cant_be_seen_blocks_nothing(
        string other, string unseen, string status)
    {
        Given("contoso", kind: "SpeechServices", sku: "F0");
        if (other.Length > 0) Given(other, kind: "SpeechServices", sku: "F0");
        if (unseen.Length > 0)
            Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Method = "GET", Path = unseen });

        ShellResult test = Shell.Run($$"""
            $test = Test-CognitiveAccountRestore -ResourceId "{{DeletedId("contoso", location: "eastus")}}"
            "$($test.CanRestore) $(($test.Checks | Where-Object Name -eq FreeTier).Status)"
            """).ThrowIfFailed();

        Assert.Equal($"True {status}", Assert.Single(test.Output).ToString());
    }

    [Fact]
    public void A_tier_that_isnt_free_takes_no_look()
    {
        Given("contoso", kind: "SpeechServices");

        Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.DoesNotContain(Arm.Requests, request => request.Path.EndsWith("/accounts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_live_list_that_is_forbidden_hides_no_deleted_holder()
    {
        Given("contoso", kind: "SpeechServices", sku: "F0");
        Given("older", kind: "SpeechServices", sku: "F0");
        Refuse(400, "CanNotCreateMultipleFreeAccounts", unseen: "/accounts$");

        Assert.Contains(Purge("older"), Restore().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_quota_names_the_deleted_accounts_with_models_in_the_region()
    {
        Given("contoso");
        Given("older-1", location: "East US");
        Given("older-2", kind: "AIServices", group: "rg-two");
        Given("elsewhere", location: "westus");
        Given("speech", kind: "SpeechServices");
        Refuse(400, "InsufficientQuota");

        ErrorRecord error = Restore();

        AssertError(error, $"QuotaExceeded,{RestoreClass}", ErrorCategory.QuotaExceeded, "contoso",
            "Until they are purged, these accounts hold quota in eastus: soft-deleted account 'older-1' in resource group "
            + "'rg-ai' (eastus); soft-deleted account 'older-2' in resource group 'rg-two' (eastus).",
            $"{Purge("older-1")}\n{Purge("older-2", "rg-two")}\n"
            + $"Run Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Location 'eastus'");
        Assert.DoesNotContain(Arm.Requests, request => request.Path.EndsWith("/accounts", StringComparison.Ordinal));
    }

    [Fact]
    public void Quota_of_a_kind_without_models_is_that_kinds_own()
    {
        Given("contoso", kind: "SpeechServices");
        Given("older", kind: "SpeechServices");
        Given("models");
        Refuse(400, "InsufficientQuota");

        string error = Restore().ToString();

        Assert.Contains("'older'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'models'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_holders_a_few_are_named()
    {
        Given("contoso");
        for (int i = 0; i < 30; i++) Given($"older-{i:00}");
        Refuse(400, "InsufficientQuota");

        ErrorRecord error = Restore();

        Assert.EndsWith("'older-04' in resource group 'rg-ai' (eastus); and 25 more.", error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(7, error.ErrorDetails.RecommendedAction.Split('\n').Length);
    }

    [Fact]
    public void What_the_same_command_has_restored_isnt_called_a_holder()
    {
        foreach (string name in (string[])["a", "b", "contoso"]) Given(name);
        Refuse(400, "InsufficientQuota", path: "/accounts/contoso$");

        ShellResult result = Shell.Run("Restore-CognitiveAccount a, b, contoso -ThrottleLimit 1");

        Assert.Equal(["a", "b"], Names(result));
        Assert.DoesNotContain("hold", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restore_that_fails_once_it_is_accepted_names_the_holders_too()
    {
        Given("contoso");
        Given("older");
        Arm.Intercept = async context =>
        {
            if (context.Request.Method == "PUT")
            {
                context.Response.StatusCode = 202;
                context.Response.Headers["Azure-AsyncOperation"] =
                    $"{Arm.Endpoint}subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/eastus"
                    + "/operationResults/one?api-version=2025-06-01";
                return true;
            }

            if (!context.Request.Path.Value!.EndsWith("/one", StringComparison.Ordinal)) return false;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(
                """{"status":"Failed","error":{"code":"InsufficientQuota","message":"No."}}"""u8.ToArray(),
                TestContext.Current.CancellationToken);
            return true;
        };

        Assert.Contains(Purge("older"), Restore().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "CustomDomainInUse", "SubdomainInUse", "-SubDomainName 'contoso-prod' -AllSubscriptions")]
    [InlineData(400, "CanNotCreateMultipleFreeAccounts", "FreeTierInUse", "tier F0")]
    [InlineData(400, "InsufficientQuota", "QuotaExceeded", "-Location 'eastus'")]
    public void Where_nobody_is_found_or_the_look_fails_nothing_is_claimed(
        int status, string code, string id, string action)
    {
        Given("contoso", sku: "F0", subDomain: "contoso-prod");
        Given("other", kind: "Face");
        Refuse(status, code);
        ErrorRecord unfound = Restore();
        Given("older", sku: "F0", subDomain: "contoso-prod");
        Refuse(status, code, unseen: "Microsoft.CognitiveServices/(deletedA|a)ccounts$");
        ErrorRecord unseen = Restore($"-ResourceId '{DeletedId("contoso", location: "eastus")}'");

        Assert.All([unfound, unseen], error =>
        {
            Assert.Equal($"{id},{RestoreClass}", error.FullyQualifiedErrorId);
            Assert.EndsWith($"({code}).", error.ToString(), StringComparison.Ordinal);
            Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("Remove-", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Many_refusals_share_their_lists()
    {
        for (int i = 0; i < 20; i++) Given($"account-{i:00}");
        Refuse(400, "InsufficientQuota");
        Shell.Run("$all = Get-DeletedCognitiveAccount").ThrowIfFailed();
        Arm.ClearRequests();

        // In Azure a list takes seconds. One that began before a refusal may have what has been restored since.
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/deletedAccounts", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            return false;
        };

        ShellResult result = Shell.Run("$all | Restore-CognitiveAccount -ThrottleLimit 20");

        Assert.Equal(20, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.DoesNotContain(
            $"account '{error.TargetObject}' in", error.ToString()[50..], StringComparison.Ordinal));
        Assert.InRange(Arm.Requests.Count(IsList), 1, 3);
    }

    private static bool IsList(ArmRequest request) =>
        request.Path.EndsWith("/deletedAccounts", StringComparison.Ordinal);

    private void Given(
        string name, string group = "rg-ai", string location = "eastus", string kind = "OpenAI", string sku = "S0",
        string? subDomain = null, string? subscription = null)
    {
        if (subscription is not null) Arm.State.AddSubscription(subscription, "Other");
        Arm.State.AddDeletedAccount(name, group, location, kind, sku,
            account => account.CustomSubDomainName = subDomain, subscription);
    }

    private void Refuse(
        int status, string code, int? times = null, string path = "/accounts/", string unseen = "/nothing$") =>
        Arm.Faults.Set(
            new Fault
            {
                Kind = FaultKind.Status, Status = status, Code = code, Method = "PUT", Path = path, Times = times,
            },
            new Fault
            {
                Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "GET", Path = unseen,
            });

    private ErrorRecord Restore(string account = "contoso") =>
        Assert.Single(Shell.Run($"Restore-CognitiveAccount {account}").Errors);

    private string Purge(string name, string group = "rg-ai", string location = "eastus") =>
        $"Remove-DeletedCognitiveAccount -Name '{name}' -ResourceGroupName '{group}' -Location '{location}' "
        + $"-SubscriptionId '{Subscription}'";
}
