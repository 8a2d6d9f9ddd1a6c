using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Dependencies;

public sealed class GroupBeingDeletedTests : DependencyTest
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    // Long enough to be seen by a look and a check before a write, short enough for a test.
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_test_sees_that_the_group_is_being_deleted()
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        PSObject check = Assert.Single(
            Shell.Run("(Test-CognitiveAccountRestore contoso).Checks | ? Name -eq ResourceGroup").Output);

        Assert.Equal("Failed", check.Properties["Status"].Value.ToString());
        Assert.Equal("ResourceGroupBeingDeleted", check.Properties["ErrorId"].Value.ToString());
        Assert.Equal("Resource group 'rg-ai' is being deleted, with all that is in it.",
            check.Properties["Message"].Value);
    }

    [Fact]
    public void Without_a_switch_nothing_is_sent_and_the_switch_is_named()
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso");

        AssertError(Assert.Single(result.Errors), $"ResourceGroupBeingDeleted,{RestoreClass}",
            ErrorCategory.ResourceBusy, "contoso", "'rg-ai' is being deleted", "Add -RestoreDependency");
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-CreateResourceGroup")]
    [InlineData("-RestoreDependency")]
    public void It_is_waited_for_and_created_again_with_one_write(string how)
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.State.BeginGroupDeletion("rg-ai", AWhile);

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount | Restore-CognitiveAccount {how}")
            .ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
        Assert.Equal(["PUT resourceGroups/rg-ai", "PUT accounts/contoso-one", "PUT accounts/contoso-two"],
            [Written[0], .. Written[1..].Order()]);
        Assert.True(HasShown("resource group 'rg-ai' is being deleted"));
    }

    [Fact]
    public void A_timeout_during_a_look_still_says_what_was_waited_for()
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", Long);
        int looks = 0;
        Arm.Intercept = async context =>
        {
            bool isLook = context.Request.Method == "GET"
                && context.Request.Path.Value!.EndsWith("/resourceGroups/rg-ai", StringComparison.OrdinalIgnoreCase);
            if (isLook && Interlocked.Increment(ref looks) > 2)
                await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
            return false;
        };

        ErrorRecord error = Assert.Single(
            Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency -Timeout 0:0:4").Errors);

        Assert.Contains("and nothing was sent: resource group 'rg-ai' is being deleted.", $"{error}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_accounts_go_on_meanwhile_also_where_one_is_restored_at_a_time()
    {
        Arm.State.AddDeletedAccount("contoso-waiting", "rg-going");
        Arm.State.BeginGroupDeletion("rg-going", Long);
        GivenDeleted("contoso-other");
        Arm.Intercept = context =>
        {
            // The deletion ends once the other account is restored.
            if (context.Request.Method == "PUT"
                && context.Request.Path.Value!.EndsWith("/contoso-other", StringComparison.Ordinal))
                Arm.State.RemoveResourceGroup("rg-going");
            return Task.FromResult(false);
        };

        ShellResult result = Shell.Run("""
            'contoso-waiting', 'contoso-other' |
                Restore-CognitiveAccount -RestoreDependency -ThrottleLimit 1 -Timeout 0:0:20
            """).ThrowIfFailed();

        Assert.Equal(["contoso-other", "contoso-waiting"], Names(result));
    }

    [Fact]
    public void WhatIf_says_that_the_group_is_created_once_it_is_gone()
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        Shell.Show("Restore-CognitiveAccount contoso -RestoreDependency -WhatIf");

        Assert.Contains("What if: Create resource group 'rg-ai' in location 'westus2' once its deletion has ended",
            Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deletion_that_outlasts_the_timeout_is_told_and_nothing_is_sent()
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency -Timeout 0:0:2");

        AssertError(Assert.Single(result.Errors), $"OperationTimedOut,{RestoreClass}", ErrorCategory.OperationTimeout,
            "contoso", "wasn't created within 00:00:02, and nothing was sent: resource group 'rg-ai' is being deleted",
            "longer -Timeout");
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_vault_and_storage_that_live_in_it_dont_count_as_there()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        int looks = 0;
        Arm.Intercept = context =>
        {
            // When they are looked at, their group is being deleted, and they are still there.
            if (context.Request.Path.Value!.EndsWith("/resourceGroups/rg-ai", StringComparison.Ordinal)
                && ++looks == 2)
                Arm.State.BeginGroupDeletion("rg-ai", AWhile);
            return Task.FromResult(false);
        };
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = "/resourceGroups/rg-ai$", Times = 1,
            Edits = new() { ["/properties/provisioningState"] = "Deleting" },
        });

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -RestoreDependency").ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-speech"], Names(result));
        Assert.Equal(
            [$"PUT storageAccounts/{Storage}", $"PUT vaults/{Vault}"], Written[1..3].Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_nobody_needs_any_more_once_it_is_gone_isnt_brought_back(bool isOtherLeft)
    {
        GivenVaultAccount("contoso-one");
        if (isOtherLeft) GivenVaultAccount("contoso-two");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", AWhile);
        int looks = 0;
        Arm.Intercept = async context =>
        {
            // Somebody purges it while the command waits.
            if (context.Request.Path.Value!.EndsWith("/resourceGroups/rg-ai", StringComparison.Ordinal)
                && ++looks == 3)
                await PurgeAsync("contoso-one", context.RequestAborted);
            return false;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -RestoreDependency");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"DeletedAccountNotFound,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Contains("Account 'contoso-one' in resource group 'rg-ai' can't be restored. No account of its name "
            + "is soft-deleted any more", $"{error}", StringComparison.Ordinal);
        Assert.Equal(
            isOtherLeft ? ["PUT resourceGroups/rg-ai", $"PUT vaults/{Vault}", "PUT accounts/contoso-two"] : [],
            Written.Where(write => !write.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_is_created_again_with_the_location_and_the_tags_that_it_has()
    {
        Arm.State.AddResourceGroup("rg-ai", "West Europe", tags: new Dictionary<string, string> { ["env"] = "prod" });
        Arm.State.AddDeletedAccount("contoso", "rg-ai", "global", "TextTranslation");
        Arm.State.BeginGroupDeletion("rg-ai", AWhile);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Equal("Created resource group 'rg-ai' in location 'westeurope' with tag env=prod.",
            Assert.Single(result.Information).MessageData.ToString());
        var group = Assert.Single(Arm.State.ResourceGroups, one => one.Name == "rg-ai");
        Assert.Equal("prod", group.Tags!["env"]);
    }

    [Fact]
    public void Permissions_at_it_go_with_it()
    {
        GivenDeleted("contoso");
        Arm.State.SetPermissions([new(["*/read"])]);
        Arm.State.SetPermissions([new(["*"])], "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        PSObject check = Assert.Single(
            Shell.Run("(Test-CognitiveAccountRestore contoso).Checks | ? Name -eq Permission").Output);

        Assert.Equal("Failed", check.Properties["Status"].Value.ToString());
        Assert.StartsWith($"Your permissions on subscription {Subscription} don't allow ",
            (string)check.Properties["Message"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_that_need_it_gone_say_so()
    {
        GivenVaultAccount("contoso-one");
        GivenStorageAccount("contoso-speech");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        Arm.State.BeginGroupDeletion("rg-ai", Long);

        string[] actions = [.. Shell.Run("""
            (Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore).Checks |
                Where-Object Name -in KeyVault, Storage | ForEach-Object RecommendedAction
            """).ThrowIfFailed().Output.Select(action => action.ToString())];

        const string once = "run, once Get-AzResourceGroup -Name 'rg-ai' no longer finds it, New-AzResourceGroup";
        Assert.Equal(2, actions.Length);
        Assert.All(actions, action => Assert.Contains(once, action, StringComparison.Ordinal));
    }

    [Fact]
    public void A_vault_in_it_whose_soft_delete_is_off_cant_be_brought_back()
    {
        GivenVaultAccount("contoso");
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.Faults.Set(
            new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = "/resourceGroups/rg-ai$",
                Edits = new() { ["/properties/provisioningState"] = "Deleting" },
            },
            new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = $"/vaults/{Vault}$",
                Edits = new() { ["/properties/enableSoftDelete"] = false },
            });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency -Timeout 0:0:5");

        AssertError(Assert.Single(result.Errors), $"KeyVaultDeleted,{RestoreClass}", ErrorCategory.ResourceUnavailable,
            "contoso", "its soft delete is off", $"Backup-AzKeyVaultKey -VaultName '{Vault}'");
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_refusal_because_of_it_is_waited_out()
    {
        GivenDeleted("contoso");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 409, Code = "ResourceGroupBeingDeleted", Method = "PUT",
            Path = "/accounts/", Times = 2,
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal(3, Written.Length);
        Assert.True(HasShown("ResourceGroupBeingDeleted"));
    }

    private async Task PurgeAsync(string name, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(Arm.Endpoint,
            $"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/"
            + $"rg-ai/deletedAccounts/{name}?api-version=2025-06-01"));
        request.Headers.Authorization = new("Bearer", "token");
        using HttpResponseMessage purge = await client.SendAsync(request, cancellationToken);
        purge.EnsureSuccessStatusCode();
    }
}
