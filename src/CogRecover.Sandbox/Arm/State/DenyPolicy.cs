using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

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
    public object Identifiers() => new
    {
        PolicyAssignment = new { Name = DisplayName, Id = AssignmentId },
        PolicyDefinition = new { Name = DefinitionName, Id = DefinitionId },
    };

    /// <summary>As the refusal's <c>additionalInfo</c> has it.</summary>
    public object Violation(string type) => new
    {
        Type = "PolicyViolation",
        Info = new
        {
            PolicyDefinitionDisplayName = DefinitionName,
            EvaluationDetails = new
            {
                EvaluatedExpressions = new[]
                {
                    new
                    {
                        Result = "True",
                        ExpressionKind = "Field",
                        Expression = "type",
                        Path = "type",
                        ExpressionValue = type,
                        TargetValue = type,
                        Operator = "Equals",
                    },
                },
            },
            PolicyDefinitionId = DefinitionId,
            PolicyDefinitionName = DefinitionName,
            PolicyDefinitionEffect = "Deny",
            PolicyAssignmentId = AssignmentId,
            PolicyAssignmentName = AssignmentName,
            PolicyAssignmentDisplayName = DisplayName,
            PolicyAssignmentScope = Scope,
            PolicyAssignmentParameters = new { },
        },
    };
}
