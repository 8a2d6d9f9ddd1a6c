using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Dependencies;

public sealed class RestoreDependencyTests : DependencyTest
{
    private const string RestoreAll = "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -RestoreDependency";

    [Fact]
    public void A_group_that_went_with_all_in_it_comes_back_with_one_write_each_in_the_order_that_works()
    {
        GivenWholeGroup();

        ShellResult result = Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-speech", "contoso-two"], Names(result));
        Assert.Equal("PUT resourceGroups/rg-ai", Written[0]);
        Assert.Equal([$"PUT storageAccounts/{Storage}", $"PUT vaults/{Vault}"], Written[1..3].Order());
        Assert.Equal(["PUT accounts/contoso-one", "PUT accounts/contoso-speech", "PUT accounts/contoso-two"],
            Written[3..].Order());
        Assert.Equal(
            ["Created resource group 'rg-ai' in location 'eastus'. Its former tags aren't known any more.",
                $"Recovered key vault '{Vault}' in resource group 'rg-ai', location 'eastus'.",
                $"Recovered storage account '{Storage}' in resource group 'rg-ai', location 'eastus'."],
            result.Information.Where(record => !record.Tags.Contains("CogRecoverSummary"))
                .Select(record => record.MessageData.ToString()).Order());
        Assert.All(Arm.State.Accounts, account => Assert.Equal("Succeeded", account.ProvisioningState));
        Assert.Equal([Vault, Storage], Arm.State.Resources.Select(resource => resource.Name).Order());
    }

    [Fact]
    public void WhatIf_shows_the_whole_plan_in_order_and_sends_no_write()
    {
        GivenWholeGroup();

        Shell.Show(RestoreAll + " -WhatIf");

        string[] plan = [.. Screen.ToString().Split(Environment.NewLine).Where(line =>
            line.StartsWith("What if: ", StringComparison.Ordinal)).Select(line => line[9..])];
        Assert.Equal("Create resource group 'rg-ai' in location 'eastus'", plan[0]);
        Assert.Equal($"Recover key vault '{Vault}' in resource group 'rg-ai', location 'eastus'", plan[1]);
        Assert.StartsWith("Restore account 'contoso-one'", plan[2], StringComparison.Ordinal);
        Assert.StartsWith("Restore account 'contoso-two'", plan[3], StringComparison.Ordinal);
        Assert.Equal($"Recover storage account '{Storage}' in resource group 'rg-ai', location 'eastus'", plan[4]);
        Assert.StartsWith("Restore account 'contoso-speech'", plan[5], StringComparison.Ordinal);
        Assert.Equal(6, plan.Length);
        Assert.Empty(Writes);
    }

    [Fact]
    public void Each_is_asked_once_and_a_no_leaves_only_the_accounts_that_need_it()
    {
        GivenWholeGroup();
        List<string> asked = [];
        Shell.Ui.Answer = (question, labels) =>
        {
            asked.Add(question);
            return labels.ToList().IndexOf(question.Contains("key vault", StringComparison.Ordinal) ? "No" : "Yes");
        };

        ShellResult result = Shell.Run(RestoreAll + " -Confirm").ThrowIfFailed();

        Assert.Equal(["contoso-speech"], Names(result));
        Assert.Equal(
            ["Create resource group 'rg-ai' in location 'eastus'?",
                $"Recover key vault '{Vault}' in resource group 'rg-ai', location 'eastus'?",
                $"Recover storage account '{Storage}' in resource group 'rg-ai', location 'eastus'?"],
            asked[..3]);
        Assert.Equal(4, asked.Count);
        Assert.DoesNotContain(Written, write => write.Contains(Vault, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_there_is_left_alone()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");

        Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(["PUT accounts/contoso-one", "PUT accounts/contoso-speech"], Written.Order());
    }

    [Fact]
    public void A_vault_and_storage_in_groups_of_their_own_come_back_there()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech", storageGroup: "rg-data");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults", "West Europe");
        Arm.State.AddDeletedStorageAccount(Storage, "rg-data", "northeurope");
        foreach (string group in new[] { "rg-vaults", "rg-data" }) Arm.State.RemoveResourceGroup(group);

        Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(["PUT resourceGroups/rg-data", "PUT resourceGroups/rg-vaults"], Written[..2].Order());
        Assert.Equal(6, Written.Length);
        Assert.Equal("westeurope", Arm.State.ResourceGroups.Single(group => group.Name == "rg-vaults").Location);
        Assert.Equal("northeurope", Arm.State.ResourceGroups.Single(group => group.Name == "rg-data").Location);
    }

    [Fact]
    public void A_vault_in_another_subscription_is_found_and_recovered_there()
    {
        Arm.State.AddSubscription(Other, "Security");
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults", subscriptionId: Other);

        ShellResult found = Shell.Run("(Test-CognitiveAccountRestore contoso-one).Checks[0].RecommendedAction");
        Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency").ThrowIfFailed();

        Assert.Equal($"Add -RestoreDependency to Restore-CognitiveAccount, or run Set-AzContext -Subscription '{Other}'; "
            + $"Undo-AzKeyVaultRemoval -VaultName '{Vault}' -ResourceGroupName 'rg-vaults' -Location 'eastus'",
            Assert.Single(found.Output).ToString());
        Assert.EndsWith(VaultId("rg-vaults", Other), Writes.First().Path, StringComparison.Ordinal);
        Assert.True(Arm.State.HasAccount("contoso-one", "rg-ai"));
    }

    [Fact]
    public void What_is_brought_back_in_another_subscription_is_asked_with_its_subscription()
    {
        Arm.State.AddSubscription(Other, "Security");
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults", subscriptionId: Other);
        Arm.State.RemoveResourceGroup("rg-vaults", Other);

        Shell.Show("Restore-CognitiveAccount contoso-one -RestoreDependency -WhatIf");

        string screen = Screen.ToString();
        Assert.Contains($"Create resource group 'rg-vaults' in location 'eastus', subscription {Other}", screen,
            StringComparison.Ordinal);
        Assert.Contains(
            $"Recover key vault '{Vault}' in resource group 'rg-vaults', location 'eastus', subscription {Other}",
            screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_gone_too_is_created_in_the_line_that_is_recommended()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech", storageGroup: "rg-vaults");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults");
        Arm.State.AddDeletedStorageAccount(Storage, "rg-vaults");
        Arm.State.RemoveResourceGroup("rg-vaults");

        ShellResult result = Shell.Run("""
            (Test-CognitiveAccountRestore contoso-one).Checks[0].RecommendedAction
            (Test-CognitiveAccountRestore contoso-speech).Checks[0].RecommendedAction
            """);

        const string create = "New-AzResourceGroup -Name 'rg-vaults' -Location 'eastus'";
        Assert.Contains($"or run {create}; Undo-AzKeyVaultRemoval ", result.Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.EndsWith($"First run {create}", result.Output[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_vault_in_another_subscription_is_enough()
    {
        Arm.State.AddSubscription(Other, "Security");
        GivenVaultAccount("contoso-one");
        Arm.State.AddKeyVault(Vault, "rg-vaults", subscriptionId: Other);

        Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency").ThrowIfFailed();

        Assert.Equal(["PUT accounts/contoso-one"], Written);
    }

    [Fact]
    public void A_purged_vault_is_the_error_of_its_accounts_and_the_others_come_back()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddDeletedStorageAccount(Storage, "rg-ai");

        ShellResult result = Shell.Run(RestoreAll);

        AssertError(Assert.Single(result.Errors), $"KeyVaultMissing,{RestoreClass}", ErrorCategory.ResourceUnavailable,
            "contoso-one", $"Key vault '{Vault}' with the customer-managed key was found neither live nor soft-deleted",
            $"Get-AzKeyVault -VaultName '{Vault}'");
        Assert.Equal([$"PUT storageAccounts/{Storage}", "PUT accounts/contoso-speech"], Written);
    }

    [Fact]
    public void A_subscription_that_isnt_registered_for_key_vaults_can_have_none()
    {
        Arm.State.AddSubscription(Other, "Security");
        GivenVaultAccount("contoso-one");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 409, Code = "MissingSubscriptionRegistration",
            Path = $"/subscriptions/{Other}/providers/Microsoft.KeyVault/",
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");

        Assert.Equal($"KeyVaultMissing,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }

    [Fact]
    public void Only_with_the_switch_is_a_vault_that_couldnt_be_looked_for_everywhere_in_the_way()
    {
        GivenVaultAccount("contoso-one");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Path = "/deletedVaults",
        });

        ShellResult with = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");
        string[] writtenWith = Written;
        Shell.Run("Restore-CognitiveAccount contoso-one");

        AssertError(Assert.Single(with.Errors), $"AuthorizationFailed,{RestoreClass}",
            ErrorCategory.PermissionDenied, "contoso-one", "was found neither live nor soft-deleted",
            "restore without -RestoreDependency");
        Assert.Contains("AuthorizationFailed", with.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(writtenWith);
        Assert.Equal(["PUT accounts/contoso-one"], Written);
    }

    [Fact]
    public void What_an_account_needs_that_lives_already_is_brought_back_too()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddKeyVault(Vault, "rg-vaults");
        Shell.Run("""
            $listed = Get-DeletedCognitiveAccount
            Restore-CognitiveAccount contoso-one
            """).ThrowIfFailed();
        Arm.State.BeginGroupDeletion("rg-vaults", TimeSpan.Zero);
        Arm.ClearRequests();

        ShellResult result = Shell.Run("$listed | Restore-CognitiveAccount -RestoreDependency").ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
        Assert.Equal(["PUT resourceGroups/rg-vaults", $"PUT vaults/{Vault}"], Written);
        Assert.Contains("is already live: there was nothing to restore", result.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/storageAccounts/stcontoso$", "storage account 'stcontoso'")]
    [InlineData("/resourceGroups/rg-ai$", "resource group 'rg-ai'")]
    public void So_are_storage_and_a_group_that_cant_be_seen(string path, string what)
    {
        GivenStorageAccount("contoso-speech");
        Arm.State.AddDeletedStorageAccount(Storage, "rg-ai");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "GET", Path = path,
        });

        ShellResult result = Shell.Run(RestoreAll);

        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{RestoreClass}",
            ErrorCategory.PermissionDenied, "contoso-speech", $"It isn't known whether {what} exists: ",
            "restore without -RestoreDependency");
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_group_that_is_gone_and_cant_be_seen_isnt_advised_to_be_created_with_the_switch_that_was_given()
    {
        GivenDeletedWithoutGroup("contoso");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "GET",
            Path = "/resourceGroups/rg-retired$",
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -CreateResourceGroup");

        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{RestoreClass}",
            ErrorCategory.PermissionDenied, "contoso", "It isn't known whether resource group 'rg-retired' exists: ",
            "New-AzResourceGroup -Name 'rg-retired'");
        Assert.DoesNotContain("-CreateResourceGroup", result.Errors[0].ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_that_isnt_allowed_elsewhere_names_the_subscription()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddSubscription(Other, "Vaults");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults", subscriptionId: Other);
        Arm.State.RemoveResourceGroup("rg-vaults", Other);
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "PUT",
            Path = "/resourceGroups/rg-vaults$",
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");

        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{RestoreClass}",
            ErrorCategory.PermissionDenied, "contoso-one", "Resource group 'rg-vaults' wasn't created",
            $"Microsoft.Resources/subscriptions/resourceGroups/write on subscription {Other}");
    }

    [Fact]
    public void Storage_past_its_14_days_is_the_accounts_error()
    {
        GivenStorageAccount("contoso-speech");

        ShellResult result = Shell.Run(RestoreAll);

        AssertError(Assert.Single(result.Errors), $"StorageAccountMissing,{RestoreClass}",
            ErrorCategory.ResourceUnavailable, "contoso-speech", "it isn't among the storage accounts that were deleted in the last 14 days and can be recovered.",
            StorageId());
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_recovery_that_isnt_allowed_is_the_error_of_each_account_that_needs_it()
    {
        GivenWholeGroup();
        Arm.State.AddResourceGroup("rg-ai");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "PUT", Path = "/vaults/",
        });

        ShellResult result = Shell.Run(RestoreAll);

        Assert.Equal(["contoso-speech"], Names(result));
        Assert.Equal(["contoso-one", "contoso-two"],
            result.Errors.Select(error => error.TargetObject.ToString()).Order());
        Assert.All(result.Errors, error =>
        {
            Assert.Equal($"AuthorizationFailed,{RestoreClass}", error.FullyQualifiedErrorId);
            Assert.StartsWith($"Account '{error.TargetObject}' wasn't restored. Key vault '{Vault}' wasn't recovered: ",
                error.ToString(), StringComparison.Ordinal);
            Assert.Contains("Key Vault Contributor", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.Single(Written, write => write == $"PUT vaults/{Vault}");
        Assert.DoesNotContain("PUT accounts/contoso-one", Written);
    }

    [Fact]
    public void Run_again_it_goes_on_where_it_stopped()
    {
        GivenWholeGroup();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "PUT", Path = "/vaults/",
            Times = 1,
        });
        Shell.Run(RestoreAll);
        Arm.ClearRequests();

        Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal([$"PUT vaults/{Vault}", "PUT accounts/contoso-one", "PUT accounts/contoso-two"],
            [Written[0], .. Written[1..].Order()]);
    }

    [Fact]
    public void A_restore_that_fails_after_a_recovery_names_what_was_brought_back()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults");
        Arm.State.RemoveResourceGroup("rg-vaults");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 400, Code = "Odd", Method = "PUT", Path = "/accounts/",
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");

        Assert.StartsWith($"Resource group 'rg-vaults' was created. Key vault '{Vault}' was recovered. Account 'contoso-one'",
            Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_response_to_a_recovery_isnt_sent_again()
    {
        GivenWholeGroup();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, After = true, Method = "PUT", Path = "/vaults/", Times = 1 });

        ShellResult result = Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(3, result.Output.Count);
        Assert.Single(Written, write => write == $"PUT vaults/{Vault}");
    }

    [Theory]
    [InlineData("/vaults/", "rg-vaults")]
    [InlineData("/accounts/", "rg-ai")]
    [InlineData("/accounts/", "rg-vaults")]
    public void A_group_that_goes_between_look_and_write_comes_back_with_what_went_with_it(string write, string gone)
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        if (write == "/vaults/") Arm.State.AddDeletedKeyVault(Vault, "rg-vaults");
        else Arm.State.AddKeyVault(Vault, gone);
        AtWrite(2, "", () =>
        {
            Arm.State.BeginGroupDeletion(gone, TimeSpan.Zero);
            Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);
        });

        ShellResult result = Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-speech"], Names(result));
        Assert.Equal([Vault, Storage], Arm.State.Resources.Select(resource => resource.Name).Order());
        Assert.Equal(1, Writes.Count(put => put.Path.Contains("/vaults/", StringComparison.Ordinal)
            && put.Status is 200 or 201));
    }

    [Fact]
    public void A_vault_that_goes_with_its_group_during_the_restore_comes_back_and_the_restore_is_sent_again()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddKeyVault(Vault, "rg-vaults");
        AtFirstWrite("/accounts/", () => Arm.State.BeginGroupDeletion("rg-vaults", TimeSpan.Zero));

        ShellResult result = Shell.Run(RestoreAll).ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
        Assert.Equal(
            ["PUT accounts/contoso-one", "PUT resourceGroups/rg-vaults", $"PUT vaults/{Vault}",
            "PUT accounts/contoso-one"], Written);
    }

    [Fact]
    public void A_recovered_vault_that_is_gone_for_good_during_the_restore_is_the_accounts_error()
    {
        GivenVaultAccount("contoso-one");
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults");
        AtFirstWrite("/accounts/", () =>
        {
            Arm.State.BeginGroupDeletion("rg-vaults", TimeSpan.Zero);
            Arm.State.PurgeKeyVault(Vault);
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -RestoreDependency");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"KeyVaultMissing,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.StartsWith($"Key vault '{Vault}' was recovered. Account 'contoso-one' in resource group 'rg-ai' wasn't "
            + "restored. ", $"{error}", StringComparison.Ordinal);
        Assert.Equal([$"PUT vaults/{Vault}", "PUT accounts/contoso-one"], Written);
    }

    [Fact]
    public void Without_the_switch_nothing_is_brought_back_and_the_line_to_type_is_given()
    {
        GivenStorageAccount("contoso-speech");
        Arm.State.AddDeletedStorageAccount(Storage, "rg-ai");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-speech -CreateResourceGroup");

        AssertError(Assert.Single(result.Errors), $"StorageAccountMissing,{RestoreClass}",
            ErrorCategory.ResourceUnavailable, "contoso-speech", "is gone",
            "Add -RestoreDependency to Restore-CognitiveAccount");
        Assert.Empty(Writes);
    }

    [Fact]
    public void SkipPrerequisiteCheck_looks_only_at_what_can_be_brought_back()
    {
        GivenWholeGroup();
        Shell.Run("$accounts = Get-DeletedCognitiveAccount").ThrowIfFailed();
        Arm.ClearRequests();

        Shell.Run("$accounts | Restore-CognitiveAccount -RestoreDependency -SkipPrerequisiteCheck").ThrowIfFailed();

        Assert.Equal(6, Written.Length);
        Assert.DoesNotContain(Arm.Requests,
            request => request.Path.EndsWith("/permissions", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_brings_back_what_was_asked_before_it_began()
    {
        GivenWholeGroup();

        ShellResult result = Shell.Run(RestoreAll + " -AsJob | Receive-Job -Wait").ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-speech", "contoso-two"], Names(result));
        Assert.Equal(6, Written.Length);
    }

    private void GivenWholeGroup()
    {
        GivenVaultAccount("contoso-one");
        GivenVaultAccount("contoso-two");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);
    }

    private void AtFirstWrite(string path, Action happens) => AtWrite(1, path, happens);

    /// <summary>Makes something happen when so many writes have arrived: none is carried out before.</summary>
    private void AtWrite(int count, string path, Action happens)
    {
        int writes = 0;
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT" || !$"{context.Request.Path}".Contains(path, StringComparison.Ordinal))
                return false;
            if (Interlocked.Increment(ref writes) == count)
            {
                happens();
                happened.SetResult();
            }

            await happened.Task.WaitAsync(TimeSpan.FromSeconds(30), context.RequestAborted);
            return false;
        };
    }
}
