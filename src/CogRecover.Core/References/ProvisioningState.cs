namespace CogRecover.Core.References;

/// <summary>The states of accounts and operations. Azure Resource Manager compares them without case
/// (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations), and previews bring new ones:
/// what is none of these is under way.</summary>
internal static class ProvisioningState
{
    /// <summary>The state of an account that is being deleted, or purged.</summary>
    public const string Deleting = "Deleting";

    /// <summary>Whether a resource is ready, or an operation has ended well. No state counts as ready.</summary>
    public static bool HasSucceeded(string? state) => state is null || Is(state, "Succeeded");

    /// <summary>Whether it has ended badly.</summary>
    public static bool HasFailed(string? state) =>
        Is(state, "Failed") || Is(state, "Canceled") || Is(state, "Cancelled");

    /// <summary>Whether something is done to it now.</summary>
    public static bool IsUnderWay(string? state) => !HasSucceeded(state) && !HasFailed(state);

    /// <summary>Whether a deleted account is being purged.</summary>
    public static bool IsDeleting(string? state) => Is(state, Deleting);

    private static bool Is(string? state, string word) => word.Equals(state, StringComparison.OrdinalIgnoreCase);
}
