using System.Management.Automation;
using CogRecover.Sandbox.Arm.State;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>What a user sees when the service refuses, for each row of its error table.</summary>
public sealed class RefusalTests : ModuleTest
{
    [Fact]
    public void A_restore_of_what_is_gone_says_where_to_look()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $account | Remove-DeletedCognitiveAccount -Force
            $account | Restore-CognitiveAccount
            """);

        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{RestoreClass}", ErrorCategory.ObjectNotFound,
            "contoso", "nothing was sent. No account of its name is soft-deleted any more",
            "Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-ai' -Name 'contoso'");
        Assert.Equal("DELETE", Assert.Single(Writes).Method);
    }

    [Fact]
    public void A_conflict_while_the_deletion_settles_is_waited_for_and_shown()
    {
        GivenDeleted("contoso");
        int refused = 0;
        Arm.Intercept = async context =>
        {
            // It has an end, so that a bar that never says so fails the test.
            if (context.Request.Method != "DELETE" || HasShown("RequestConflict") || ++refused > 5) return false;
            context.Response.StatusCode = 409;
            await context.Response.WriteAsync("""{"error":{"code":"RequestConflict","message":"It is busy."}}""");
            return true;
        };

        Shell.Run("Remove-DeletedCognitiveAccount contoso -Force -Timeout 00:01:00").ThrowIfFailed();

        Assert.False(Arm.State.HasDeletedAccount("contoso", "rg-ai"));
        Assert.True(HasShown("RequestConflict"));
    }

    [Fact]
    public void A_lock_is_named_with_its_scope()
    {
        GivenDeleted("contoso");
        Arm.State.AddLock("no-changes", ArmLockLevel.ReadOnly, "rg-ai");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -SkipPrerequisiteCheck");

        AssertRefusal(result, $"LockedOrForbiddenByPolicy,{RestoreClass}", ErrorCategory.PermissionDenied,
            "ScopeLocked", "/resourceGroups/rg-ai", "PUT accounts");
    }

    [Fact]
    public void A_policy_is_named()
    {
        GivenDeleted("contoso");
        Arm.State.AddDenyPolicy("deny-ai", "No AI here");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso");

        AssertRefusal(result, $"LockedOrForbiddenByPolicy,{RestoreClass}", ErrorCategory.PermissionDenied,
            "RequestDisallowedByPolicy", "'No AI here'", "PUT accounts");
        Assert.Contains("No AI here", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_version_that_isnt_supported_names_the_newest_that_is()
    {
        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -ApiVersion 1999-01-01");

        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, $"UnsupportedApiVersion,{GetClass}", ErrorCategory.InvalidArgument, Subscription,
            "1999-01-01", "-ApiVersion 20");
        Assert.DoesNotContain("preview", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.InRange(error.ToString().Length, 100, 400);
    }

    [Fact]
    public void A_claims_challenge_is_the_complete_line_to_sign_in_with()
    {
        Arm.Intercept = async context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate =
                "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"";
            await context.Response.WriteAsync("{}");
            return true;
        };

        ErrorRecord error = Assert.Single(Shell.Run("Get-DeletedCognitiveAccount").Errors);

        Assert.NotNull(PSObject.AsPSObject(error.Exception).Properties["CorrelationRequestId"].Value);
        AssertError(error, $"ClaimsChallenge,{GetClass}",
            ErrorCategory.AuthenticationError, Subscription, "stronger sign-in",
            $"Connect-AzAccount -Tenant \"{Options.TenantId}\" -ClaimsChallenge \"eyJhIjoxfQ==\"");
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "AuthenticationFailed", ErrorCategory.AuthenticationError,
        "Run Connect-AzAccount")]
    [InlineData(403, "AuthorizationFailed", "AuthorizationFailed", ErrorCategory.PermissionDenied,
        "Microsoft.CognitiveServices/deletedAccounts/read")]
    [InlineData(404, "SubscriptionNotFound", "InvalidResourceId", ErrorCategory.InvalidArgument,
        "Run Get-AzSubscription")]
    [InlineData(400, "Odd", "InvalidServiceResponse", ErrorCategory.ProtocolError, "Run Get-DeletedCognitiveAccount")]
    [InlineData(429, "TooManyRequests", "RequestThrottled", ErrorCategory.LimitsExceeded, "Run the command again after")]
    [InlineData(503, "ServiceUnavailable", "ServiceUnavailable", ErrorCategory.ResourceUnavailable, "Wait a minute")]
    public void A_refused_list_has_the_id_of_its_cause(
        int status, string code, string id, ErrorCategory category, string action)
    {
        Arm.Intercept = async context =>
        {
            context.Response.StatusCode = status;
            // Longer than anyone waits.
            if (status == 429) context.Response.Headers.RetryAfter = "86400";
            await context.Response.WriteAsync($$$"""
                {"error":{"code":"{{{code}}}","message":"No.","details":[
                  {"message":"Because of the moon.","innererror":{"code":"X","details":[{"message":"It is full."}]}}]}}
                """);
            return true;
        };

        ErrorRecord error = Assert.Single(Shell.Run("Get-DeletedCognitiveAccount").Errors);

        AssertError(error, $"{id},{GetClass}", category, Subscription, "No. Because of the moon. It is full", action);
    }

    [Fact]
    public void An_ARM_that_knows_nothing_but_accounts_is_enough_for_the_main_job()
    {
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.Contains("Microsoft.CognitiveServices", StringComparison.Ordinal))
                return false;
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync(
                """{"error":{"code":"InvalidResourceNamespace","message":"The namespace is invalid."}}""");
            return true;
        };
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount -IncludeDeletedBy | ForEach-Object Name
            (Restore-CognitiveAccount contoso-one).Name
            Remove-DeletedCognitiveAccount contoso-two -Force
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two", "contoso-one"], result.Output.Select(name => name.ToString()));
        Assert.Contains("Activity Log", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Arm.State.DeletedAccounts);
    }

    private void AssertRefusal(
        ShellResult result, string id, ErrorCategory category, string code, string action, params string[] writes)
    {
        Assert.Equal(writes, Writes.Select(write => $"{write.Method} {write.Path.Split('/')[^2]}"));
        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, id, category, "contoso", "'contoso'", action);
        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.Equal(code, exception.Properties["ServiceErrorCode"].Value);
        Assert.NotNull(exception.Properties["RequestId"].Value);
        Assert.NotNull(exception.Properties["CorrelationRequestId"].Value);
    }
}
