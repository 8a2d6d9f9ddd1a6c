namespace CogRecover;

/// <summary>The managed identity of an account. A restore brings its principal back.</summary>
public sealed class AccountIdentity
{
    internal AccountIdentity() { }

    /// <summary><c>SystemAssigned</c>, <c>UserAssigned</c> or <c>SystemAssigned, UserAssigned</c>.</summary>
    public string Type { get; internal init; } = null!;

    /// <summary>The object id of the system-assigned identity's principal; null if it has none.</summary>
    public string? PrincipalId { get; internal init; }

    /// <summary>The tenant of the principal; null if the service didn't say.</summary>
    public string? TenantId { get; internal init; }

    /// <summary>The resource ids of the user-assigned identities; empty if none.</summary>
    public IReadOnlyList<string> UserAssignedIdentities { get; internal init; } = ValueList<string>.None;

    /// <summary>The identity's type.</summary>
    public override string ToString() => Type;
}
