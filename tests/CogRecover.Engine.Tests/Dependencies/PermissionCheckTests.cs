using System.Text.Json;
using CogRecover.Core.Dependencies;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Dependencies;

public sealed class PermissionCheckTests(QuickArm arm) : PrerequisiteTest(arm), IClassFixture<QuickArm>
{
    private static readonly string[] RestoreActions =
        ["Microsoft.CognitiveServices/accounts/read", "Microsoft.CognitiveServices/accounts/write"];

    [Theory]
    [InlineData("rg-ai", "Microsoft.CognitiveServices/*", null, RestoreCheckStatus.Passed)]
    [InlineData(null, "*/read", null, RestoreCheckStatus.Failed)]
    [InlineData(null, "MICROSOFT.cognitiveservices/accounts/*", null, RestoreCheckStatus.Passed)]
    [InlineData(null, "*", "Microsoft.CognitiveServices/*/write", RestoreCheckStatus.Failed)]
    [InlineData(null, "*", "Microsoft.Authorization/*/write", RestoreCheckStatus.Passed)]
    public async Task Permissions_are_read_with_wildcards_and_exclusions(
        string? group, string action, string? notAction, RestoreCheckStatus status)
    {
        // What the look-ups themselves need is granted beside it, as by a second role.
        object reader = Role(["Microsoft.Resources/*/read", "Microsoft.CognitiveServices/*/read",
            "Microsoft.Authorization/*/read"]);
        object granted = Role([action], notAction is null ? [] : [notAction]);
        await Arm.SetFaultsAsync(
            Granted("/resourceGroups/rg-ai", granted, reader),
            group is null ? Granted("", reader, granted) : Granted("", reader));

        RestoreCheck check = await CheckAsync("Permission");

        Assert.Equal(status, check.Status);
        if (status == RestoreCheckStatus.Failed)
            AssertFailed(
                check, RecoveryErrorId.AuthorizationFailed, RestoreActions[1], "Cognitive Services Contributor");
    }

    [Fact]
    public async Task Without_its_group_the_permissions_on_the_subscription_count_and_those_to_create_a_group()
    {
        await Arm.AddDeletedAccountAsync("contoso", "rg-ai");
        await Arm.RemoveGroupAsync("rg-ai");
        await Arm.SetFaultsAsync(Granted("", Role(["*/read", "Microsoft.CognitiveServices/accounts/write"])));

        RestoreCheck check = await CheckAsync("Permission");

        AssertFailed(check, RecoveryErrorId.AuthorizationFailed,
            "Microsoft.Resources/subscriptions/resourceGroups/write", "resource group");
        Assert.Contains($"subscription {Subscription}", check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "a/b/c", true)]
    [InlineData("a/*/c", "a/b/b/c", true)]
    [InlineData("a/*", "b/a/c", false)]
    [InlineData("*/read", "a/b/READ", true)]
    [InlineData("*/read", "a/b/readmore", false)]
    [InlineData("a.b/c", "axb/c", false)]
    public void An_action_pattern_is_a_text_with_stars(string pattern, string action, bool matches) =>
        Assert.Equal(matches, PermissionCheck.IsMatch(pattern, action));

    /// <summary>What the caller may do, on the subscription or on something in it.</summary>
    private Fault Granted(string scope, params object[] roles) => new()
    {
        Kind = FaultKind.Status, Status = 200, Body = JsonSerializer.Serialize(new { value = roles }),
        Path = $"^/subscriptions/{Subscription}{scope}/providers/Microsoft.Authorization/permissions$",
    };

    private static object Role(string[] actions, string[]? notActions = null) =>
        new { actions, notActions = notActions ?? [] };
}
