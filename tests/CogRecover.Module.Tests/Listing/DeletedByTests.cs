using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

public sealed class DeletedByTests : ModuleTest
{
    [Fact]
    public void Who_deleted_accounts_is_found_with_one_query_over_the_span_of_the_deletions()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Arm.State.AddDeletedAccount(
            "account-1", "rg-ai", deletionDate: now.AddHours(-30), deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount("account-2", "rg-ai", deletionDate: now.AddHours(-2), deletedBy: "sam@contoso.com");

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount -IncludeDeletedBy | ForEach-Object { \"$_ $($_.DeletedBy)\" }")
            .ThrowIfFailed();

        Assert.Equal(["account-1 dana@contoso.com", "account-2 sam@contoso.com"],
            result.Output.Select(line => line.ToString()).Order());
        Assert.Empty(result.Warnings);
        Assert.Single(Arm.Requests, IsLog);
    }

    [Fact]
    public void The_last_deletion_before_the_account_counts_and_no_failed_one()
    {
        DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-2);
        Arm.State.AddDeletedAccount("contoso", "rg-ai", deletionDate: deleted, deletedBy: "sam@contoso.com");
        string id = LiveId("contoso");
        const string accounts = "Microsoft.CognitiveServices/accounts";
        Arm.State.AddActivityEvent(id, accounts + "/delete", "Succeeded", "earlier", deleted.AddMinutes(-20));
        Arm.State.AddActivityEvent(id, accounts + "/delete", "Failed", "failed", deleted);
        Arm.State.AddActivityEvent(id, accounts + "/write", "Succeeded", "writer", deleted);

        ShellResult result = Shell.Run("(Get-DeletedCognitiveAccount -IncludeDeletedBy).DeletedBy").ThrowIfFailed();

        Assert.Equal("sam@contoso.com", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void Accounts_of_the_same_name_have_their_own_deletions_and_an_old_one_counts_for_neither()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Arm.State.AddDeletedAccount("contoso", "rg-one", deletionDate: now.AddHours(-3), deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount("contoso", "rg-two", deletionDate: now.AddHours(-3), deletedBy: "sam@contoso.com");
        Arm.State.AddDeletedAccount("contoso", "rg-three", deletionDate: now.AddHours(-2));
        Arm.State.AddActivityEvent(LiveId("contoso", "rg-three"), "Microsoft.CognitiveServices/accounts/delete",
            "Succeeded", "somebody else", now.AddHours(-3));

        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount -IncludeDeletedBy | ForEach-Object { "$($_.ResourceGroupName) $($_.DeletedBy)" }
            """).ThrowIfFailed();

        Assert.Equal(["rg-one dana@contoso.com", "rg-three ", "rg-two sam@contoso.com"],
            result.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Accounts_by_id_share_one_query_too()
    {
        foreach (string name in (string[])["account-1", "account-2", "account-3"])
            Arm.State.AddDeletedAccount(name, "rg-ai", deletedBy: "dana@contoso.com");

        ShellResult result = Shell.Run("""
            $ids = (Get-DeletedCognitiveAccount).ResourceId
            Get-DeletedCognitiveAccount -ResourceId $ids -IncludeDeletedBy
            """).ThrowIfFailed();

        Assert.Equal(3, result.Output.Count);
        Assert.Single(Arm.Requests, IsLog);
    }

    [Fact]
    public void What_the_log_doesnt_know_or_doesnt_show_is_empty_with_one_warning()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.State.Permissions = [new(["Microsoft.CognitiveServices/*"])];

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -IncludeDeletedBy").ThrowIfFailed();

        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, account => Assert.Null(account.Properties["DeletedBy"].Value));
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("The Activity Log doesn't tell who deleted 2 of the accounts", warning, StringComparison.Ordinal);
        Assert.Contains("Reading it needs Microsoft.Insights/eventtypes/values/read", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_is_told_from_a_user_and_a_managed_identity_has_its_name()
    {
        const string application = "0a1b2c3d-0000-4000-8000-000000000001";
        const string identity = "0a1b2c3d-0000-4000-8000-000000000002";
        DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-2);
        Arm.State.AddDeletedAccount("account-1", "rg-ai", deletionDate: deleted, deletedBy: application);
        Arm.State.AddDeletedAccount("account-2", "rg-ai", deletionDate: deleted);
        Arm.State.AddActivityEvent(
            LiveId("account-2"), "Microsoft.CognitiveServices/accounts/delete", "Succeeded", identity, deleted,
            identityId: $"/subscriptions/{Subscription}/resourcegroups/rg-ci/providers/"
                + "Microsoft.ManagedIdentity/userAssignedIdentities/id-pipeline");

        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount -IncludeDeletedBy | ForEach-Object { "$_ $($_.DeletedBy)" }
            $whole = 'managed identity id-pipeline (0a1b2c3d-0000-4000-8000-000000000002)'
            foreach ($by in 'id-pipe*', '0A1B2C3D-0000-4000-8000-000000000002', $whole, '*-000000000001', 'app*', 'managed') {
                "$by $(Get-DeletedCognitiveAccount -DeletedBy $by)"
            }
            """).ThrowIfFailed();

        Assert.Equal(
            [
                $"account-1 application {application}", $"account-2 managed identity id-pipeline ({identity})",
                "id-pipe* account-2", "0A1B2C3D-0000-4000-8000-000000000002 account-2",
                $"managed identity id-pipeline ({identity}) account-2", "*-000000000001 account-1", "app* ", "managed ",
            ],
            result.Output.Select(line => line.ToString()));
    }

    [Fact]
    public void Only_what_somebody_deleted_is_listed_and_a_warning_counts_what_the_log_doesnt_explain()
    {
        Arm.State.AddDeletedAccount("account-1", "rg-ai", deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount("account-2", "rg-ai", deletedBy: "sam@contoso.com");
        Arm.State.AddDeletedAccount("account-3", "rg-ai");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -DeletedBy Dana@*").ThrowIfFailed();
        ShellResult misspelled = Shell.Run("Get-DeletedCognitiveAccount -DeletedBy danna@contoso.com").ThrowIfFailed();

        AssertError(Assert.Single(Shell.Run("Get-DeletedCognitiveAccount account-2, account-1 -DeletedBy dana@*").Errors),
            $"DeletedAccountNotFound,{GetClass}", System.Management.Automation.ErrorCategory.ObjectNotFound, "account-2",
            "Account 'account-2' is soft-deleted, but it doesn't match", "Get-DeletedCognitiveAccount -SubscriptionId");
        Assert.Equal(["account-1"], Names(result));
        Assert.Equal("dana@contoso.com", result.Output[0].Properties["DeletedBy"].Value);
        Assert.Contains(
            "The Activity Log doesn't tell who deleted 1 of the accounts, such as 'account-3'. They aren't listed.",
            Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(misspelled.Output);
        Assert.Contains("According to the Activity Log, no account was deleted by 'danna@contoso.com'. "
            + "Did you mean 'dana@contoso.com'?", misspelled.Warnings);
    }

    [Fact]
    public void Where_the_log_cant_be_read_a_filter_by_person_is_an_error()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.State.Permissions = [new(["Microsoft.CognitiveServices/*"])];

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -DeletedBy dana@contoso.com");

        Assert.Empty(result.Output);
        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{GetClass}",
            System.Management.Automation.ErrorCategory.PermissionDenied, Subscription,
            $"The Activity Log of subscription {Subscription} couldn't be read",
            "Microsoft.Insights/eventtypes/values/read");
    }

    [Fact]
    public void The_log_isnt_read_unless_it_is_asked_for()
    {
        GivenDeleted("contoso");

        Shell.Run("Get-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.DoesNotContain(Arm.Requests, IsLog);
    }

    private static bool IsLog(ArmRequest request) =>
        request.Path.Contains("/eventtypes/management/values", StringComparison.Ordinal);
}
