using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm;

/// <summary>An Azure Policy assignment that denies every write of an account in its scope.</summary>
/// <param name="AssignmentName">The name of the assignment.</param>
/// <param name="DisplayName">What the portal shows for the assignment.</param>
/// <param name="DefinitionName">The name of the definition.</param>
/// <param name="SubscriptionId">The subscription, a GUID.</param>
/// <param name="ResourceGroupName">The resource group; empty: the whole subscription.</param>
internal sealed record DenyPolicy(
    string AssignmentName, string DisplayName, string DefinitionName, string SubscriptionId, string ResourceGroupName)
{
    private const string Provider = "/providers/Microsoft.Authorization";

    private string Scope => ArmScope.Of(SubscriptionId, ResourceGroupName);

    private string AssignmentId => $"{Scope}{Provider}/policyAssignments/{AssignmentName}";

    private string DefinitionId => $"/subscriptions/{SubscriptionId}{Provider}/policyDefinitions/{DefinitionName}";

    public bool Covers(AccountKey group) => ArmScope.Covers(SubscriptionId, ResourceGroupName, group);

    /// <summary>As the message of the refusal names it.</summary>
    public JsonObject Identifiers() => new()
    {
        ["policyAssignment"] = new JsonObject { ["name"] = DisplayName, ["id"] = AssignmentId },
        ["policyDefinition"] = new JsonObject { ["name"] = DefinitionName, ["id"] = DefinitionId },
    };

    /// <summary>As the refusal's <c>additionalInfo</c> has it.</summary>
    public JsonObject Violation(string type) => new()
    {
        ["type"] = "PolicyViolation",
        ["info"] = new JsonObject
        {
            ["policyDefinitionDisplayName"] = DefinitionName,
            ["evaluationDetails"] = new JsonObject
            {
                ["evaluatedExpressions"] = new JsonArray(new JsonObject
                {
                    ["result"] = "True",
                    ["expressionKind"] = "Field",
                    ["expression"] = "type",
                    ["path"] = "type",
                    ["expressionValue"] = type,
                    ["targetValue"] = type,
                    ["operator"] = "Equals",
                }),
            },
            ["policyDefinitionId"] = DefinitionId,
            ["policyDefinitionName"] = DefinitionName,
            ["policyDefinitionEffect"] = "Deny",
            ["policyAssignmentId"] = AssignmentId,
            ["policyAssignmentName"] = AssignmentName,
            ["policyAssignmentDisplayName"] = DisplayName,
            ["policyAssignmentScope"] = Scope,
            ["policyAssignmentParameters"] = new JsonObject(),
        },
    };
}
