namespace CogRecover.Core.Operations;

/// <summary>Brings back a resource that accounts need.</summary>
internal sealed class ResourceAttempt(RecoverableResource resource) : Attempt(
    resource.Sentence, $"wasn't {resource.Participle}", resource.LookAgain, RecoveryErrorId.RestoreFailed)
{
    protected override string MissingRole => resource.MissingRole;

    public override string? Word(string name) => name switch
    {
        "subscription" => resource.Id.SubscriptionId,
        "inSubscription" => NextCommand.In(resource.Id.SubscriptionId!),
        "provider" => resource.Id.ResourceType.Namespace,
        "scopeOfPolicy" => Uri.UnescapeDataString($"{resource.Id.Parent}"),
        "recoveryRole" => resource.MissingRole,

        // A resource group takes tags from the user.
        "takesTags" => resource.IsGroup ? "" : null,
        _ => base.Word(name),
    };
}
