using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Dependencies;

/// <summary>The tags that resource groups get when they are created.</summary>
public sealed class ResourceGroupTagTests : DependencyTest
{
    [Theory]
    [InlineData("-CreateResourceGroup")]
    [InlineData("-RestoreDependency")]
    public void A_created_group_has_the_tags_that_are_given(string how)
    {
        GivenDeletedWithoutGroup("contoso-one", "contoso-two");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount "
            + how + " -ResourceGroupTag @{ CostCenter = 4711 } 6>&1").ThrowIfFailed();

        Assert.Equal("""{"CostCenter":"4711"}""", TagsOf("rg-retired"));
        Assert.Contains(result.Output, line => $"{line}" == "Created resource group 'rg-retired' in location 'eastus' "
            + "with tag CostCenter=4711. Its former tags aren't known any more.");
        Assert.Equal(3, Writes.Count());
    }

    [Fact]
    public void They_win_over_those_that_the_group_had()
    {
        Arm.State.AddResourceGroup("rg-ai", "West Europe", tags: new Dictionary<string, string>
        {
            ["env"] = "prod", ["costcenter"] = "old",
        });
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.FromSeconds(2));

        Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency -ResourceGroupTag @{ CostCenter = '4711' }")
            .ThrowIfFailed();

        Assert.Equal("""{"env":"prod","costcenter":"4711"}""", TagsOf("rg-ai"));
    }

    [Fact]
    public void A_policy_that_asks_for_a_tag_is_answered_with_the_parameter()
    {
        GivenDeletedWithoutGroup("contoso");
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT"
                || !context.Request.Path.Value!.EndsWith("/rg-retired", StringComparison.Ordinal)) return false;
            JsonNode? body = await JsonNode.ParseAsync(context.Request.Body);
            context.Request.Body.Position = 0;
            if (body?["tags"]?["Cost Center"] is not null) return false;
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("""
                {"error":{"code":"RequestDisallowedByPolicy","message":"Resource 'rg-retired' was disallowed by policy.",
                  "additionalInfo":[{"type":"PolicyViolation","info":{"policyAssignmentDisplayName":"Tags, please",
                    "evaluationDetails":{"evaluatedExpressions":[
                      {"expressionKind":"Field","path":"tags['Cost Center']"}]}}}]}}
                """);
            return true;
        };

        ErrorRecord error = Assert.Single(Shell.Run("Restore-CognitiveAccount contoso -CreateResourceGroup").Errors);
        ShellResult again = Shell.Run(
            "Restore-CognitiveAccount contoso -CreateResourceGroup -ResourceGroupTag @{ 'Cost Center' = '4711' }")
            .ThrowIfFailed();

        AssertError(error, $"LockedOrForbiddenByPolicy,{RestoreClass}", ErrorCategory.PermissionDenied, "contoso",
            "Policy: Tags, please. Field: tags['Cost Center'].",
            "Give -ResourceGroupTag @{ 'Cost Center' = '…' } with the values that are asked for by policy 'Tags, please', "
            + "or ask for an exemption.");
        Assert.Equal(["contoso"], Names(again));
    }

    [Fact]
    public void WhatIf_names_them()
    {
        GivenDeletedWithoutGroup("contoso");

        Shell.Run("Restore-CognitiveAccount contoso -CreateResourceGroup -ResourceGroupTag @{ env = 'prod' } -WhatIf")
            .ThrowIfFailed();

        Assert.Contains("with tag env=prod", $"{Screen}".ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-ResourceGroupTag @{ env = 'prod' }", "but this command creates none. Nothing was done.",
        "Add -CreateResourceGroup or -RestoreDependency.")]
    [InlineData("-CreateResourceGroup -ResourceGroupTag @{ env = 'a', 'b' }",
        "-ResourceGroupTag: the value of 'env' is neither text nor a number, and nothing was done.",
        "-ResourceGroupTag @{ CostCenter = '4711'; Owner = 'ai-team' }")]
    [InlineData("-CreateResourceGroup -ResourceGroupTag @{ '' = 'a' }",
        "-ResourceGroupTag has a tag without a name, and nothing was done.", "Give names and values")]
    public void What_cant_be_tags_ends_the_command_before_anything_is_done(string how, string message, string action)
    {
        GivenDeletedWithoutGroup("contoso-one", "contoso-two");

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount | Restore-CognitiveAccount {how}");

        AssertError(Assert.Single(result.Errors), $"InvalidTag,{RestoreClass}", ErrorCategory.InvalidArgument,
            $"{Arm.Endpoint}", message, action);
        Assert.Empty(Writes);
    }

    private string TagsOf(string group) => JsonNode.Parse(
        Writes.Single(write => write.Path.EndsWith($"/resourceGroups/{group}", StringComparison.OrdinalIgnoreCase)).Body!)!
        ["tags"]!.ToJsonString();
}
