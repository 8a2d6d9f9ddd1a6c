using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Restores into resource groups that are gone.</summary>
public sealed class GroupCreationTests : ModuleTest
{
    [Fact]
    public void Ten_accounts_in_three_groups_that_are_gone_take_three_group_writes_and_ten_restores()
    {
        for (int i = 0; i < 10; i++) Arm.State.AddDeletedAccount($"account-{i}", $"rg-{i % 3}", "West US 2");
        for (int i = 0; i < 3; i++) Arm.State.RemoveResourceGroup($"rg-{i}");

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -CreateResourceGroup").ThrowIfFailed();

        Assert.Equal(10, result.Output.Count);
        ArmRequest[] groups = [.. Writes.Where(write => write.Path.Split('/').Length == 5)];
        Assert.Equal(3, groups.Length);
        Assert.All(groups, group => Assert.Contains("westus2", group.Body, StringComparison.Ordinal));
        Assert.Equal(13, Writes.Count());
    }

    [Fact]
    public void A_group_that_is_refused_is_the_error_of_each_of_its_accounts()
    {
        GivenDeletedWithoutGroup("contoso-one", "contoso-two");
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT") return false;
            context.Response.StatusCode = 409;
            await context.Response.WriteAsync(
                """{"error":{"code":"InvalidResourceGroupLocation","message":"It is elsewhere."}}""");
            return true;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -CreateResourceGroup");

        Assert.Equal(["contoso-one", "contoso-two"],
            result.Errors.Select(error => error.TargetObject.ToString()).Order());
        Assert.All(result.Errors, error =>
        {
            Assert.Equal($"RestoreFailed,{RestoreClass}", error.FullyQualifiedErrorId);
            string said = error.ToString();
            Assert.Contains($"Account '{error.TargetObject}' wasn't restored", said, StringComparison.Ordinal);
            Assert.Contains("'rg-retired' wasn't created: It is elsewhere", said, StringComparison.Ordinal);
        });
        Assert.Single(Writes);
    }

    [Fact]
    public void A_group_that_was_created_is_reported_and_named_where_the_restore_fails_then()
    {
        GivenDeletedWithoutGroup("contoso-one");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 400, Code = "Odd", Method = "PUT", Path = "/accounts/",
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -CreateResourceGroup");

        Assert.StartsWith(
            "Resource group 'rg-retired' was created. Account 'contoso-one' in resource group 'rg-retired' wasn't restored",
            Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "Created resource group 'rg-retired' in location 'eastus'. Its former tags aren't known any more.",
            Assert.Single(result.Information).MessageData.ToString());
        Assert.True(Arm.State.HasResourceGroup("rg-retired"));
    }

    [Fact]
    public void A_group_isnt_created_for_an_account_that_is_in_no_region()
    {
        Arm.State.AddDeletedAccount("contoso-translate", "rg-retired", "global", "TextTranslation");
        Arm.State.RemoveResourceGroup("rg-retired");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-translate -CreateResourceGroup");

        AssertError(Assert.Single(result.Errors), $"ResourceGroupNotFound,{RestoreClass}", ErrorCategory.ObjectNotFound,
            "contoso-translate", "is gone", "New-AzResourceGroup -Name 'rg-retired' -Location <region>");
        Assert.Empty(Writes);
    }

    [Fact]
    public void SkipPrerequisiteCheck_with_CreateResourceGroup_looks_for_the_group_and_the_account_only()
    {
        GivenDeletedWithoutGroup("contoso-one");
        Shell.Run("$account = Get-DeletedCognitiveAccount").ThrowIfFailed();
        Arm.ClearRequests();

        Shell.Run("$account | Restore-CognitiveAccount -SkipPrerequisiteCheck -CreateResourceGroup").ThrowIfFailed();

        string[] made = [.. Arm.Requests.Select(request => $"{request.Method} {request.Path.Split('/')[^1]}")];
        Assert.Equal(["GET contoso-one", "GET rg-retired"], made[..2].Order());
        Assert.Equal(["GET rg-retired", "PUT rg-retired", "PUT contoso-one"], made[2..]);
    }

    [Fact]
    public void A_group_that_somebody_else_has_created_meanwhile_keeps_its_tags()
    {
        GivenDeletedWithoutGroup("contoso-one");
        int requests = 0;
        Arm.Intercept = context =>
        {
            // After the look that found the group gone, and before whatever comes next.
            if (context.Request.Path.Value!.EndsWith("/rg-retired", StringComparison.Ordinal) && ++requests == 2)
                Arm.State.AddResourceGroup("rg-retired", "eastus");
            return Task.FromResult(false);
        };

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -CreateResourceGroup").ThrowIfFailed();

        Assert.DoesNotContain(Writes, write => write.Path.EndsWith("/rg-retired", StringComparison.Ordinal));
        Assert.True(Arm.State.HasAccount("contoso-one", "rg-retired"));
    }

    [Fact]
    public void Groups_of_the_same_name_in_two_subscriptions_are_two()
    {
        const string other = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";
        Arm.State.AddSubscription(other, "Other");
        Arm.State.AddDeletedAccount("contoso-one", "rg-retired");
        Arm.State.AddDeletedAccount("contoso-two", "rg-retired", subscriptionId: other);
        Arm.State.RemoveResourceGroup("rg-retired");
        Arm.State.RemoveResourceGroup("rg-retired", other);

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount -AllSubscriptions | Restore-CognitiveAccount -CreateResourceGroup")
            .ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
        Assert.Equal(4, Writes.Count());
    }

    [Fact]
    public void A_group_is_asked_for_once_and_a_no_restores_none_of_its_accounts()
    {
        GivenDeletedWithoutGroup("contoso-one", "contoso-two");
        List<string> asked = [];
        Shell.Ui.Answer = (question, labels) =>
        {
            asked.Add(question);
            return labels.ToList().IndexOf("No");
        };

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -CreateResourceGroup -Confirm")
            .ThrowIfFailed();

        Assert.Equal("Create resource group 'rg-retired' in location 'eastus'?", Assert.Single(asked));
        Assert.Empty(Writes);
    }

    [Fact]
    public void WhatIf_names_the_group_and_the_account_and_writes_neither()
    {
        GivenDeletedWithoutGroup("contoso-one");

        Shell.Show("Restore-CognitiveAccount contoso-one -CreateResourceGroup -WhatIf");

        Assert.Contains("What if: Create resource group 'rg-retired' in location 'eastus'", Screen.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("What if: Restore account 'contoso-one'", Screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(Writes);
    }
}
