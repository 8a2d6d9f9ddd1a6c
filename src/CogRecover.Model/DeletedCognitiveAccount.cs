namespace CogRecover;

/// <summary>A soft-deleted Azure Cognitive Services account, as Azure Resource Manager lists it
/// (<c>deletedAccounts</c>). It can be restored or purged until <see cref="ScheduledPurgeDate"/>.</summary>
public sealed class DeletedCognitiveAccount
{
    // Internal, as PowerShell would convert any hashtable through a public constructor. It also sets public init
    // properties: each setter is internal, so that what one command writes can't be changed on its way to the next.
    internal DeletedCognitiveAccount() { }

    /// <summary>The account's name, unique within its resource group.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>The resource group the account was deleted from. It may be gone by now.</summary>
    public string ResourceGroupName { get; internal init; } = null!;

    /// <summary>The region's normalized name (<c>westus2</c>), however its creator typed it.</summary>
    public string Location { get; internal init; } = null!;

    /// <summary>The subscription's GUID.</summary>
    public string SubscriptionId { get; internal init; } = null!;

    /// <summary>The subscription's name, from the list of subscriptions or the Azure context; null if neither tells.
    /// </summary>
    public string? SubscriptionName { get; internal set; }

    /// <summary>The kind of account: <c>OpenAI</c>, <c>AIServices</c>, <c>SpeechServices</c>, ….</summary>
    public string? Kind { get; internal init; }

    /// <summary>The name of the pricing tier, such as <c>S0</c>.</summary>
    public string? Sku { get; internal init; }

    /// <summary>When the account was deleted, in UTC; null if the service didn't say.</summary>
    public DateTime? DeletionDate { get; internal init; }

    /// <summary>When the service purges the account by itself, in UTC: 48 hours after the deletion; null if it didn't
    /// say.</summary>
    public DateTime? ScheduledPurgeDate { get; internal init; }

    /// <summary>What is left until <see cref="ScheduledPurgeDate"/> at the moment of asking, never negative; null if
    /// the service didn't say.</summary>
    public TimeSpan? TimeRemaining
    {
        get
        {
            if (ScheduledPurgeDate is not { } purge) return null;
            TimeSpan left = purge - DateTime.UtcNow;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The state of the last operation on the account: <c>Deleting</c> while it is being purged; null if the
    /// service didn't say.</summary>
    public string? ProvisioningState { get; internal set; }

    /// <summary>The custom subdomain the account still holds, world-wide; null if it has none.</summary>
    public string? CustomSubDomainName { get; internal init; }

    /// <summary>The endpoint the account answers at once it is restored.</summary>
    public string? Endpoint { get; internal init; }

    /// <summary>The key vault with the customer-managed key; null if Microsoft manages the key.</summary>
    public string? KeyVaultUri { get; internal init; }

    /// <summary>The resource ids of the storage accounts that the account's owner brought; empty if none.</summary>
    public IReadOnlyList<string> UserOwnedStorage { get; internal init; } = ValueList<string>.None;

    /// <summary>The resource ids of the subnets that the network rules let in, and then of those that Foundry agents
    /// run in; empty if none. The account keeps the latter in use until it is purged.</summary>
    public IReadOnlyList<string> Subnets { get; internal init; } = ValueList<string>.None;

    /// <summary>The names of the account's Foundry projects, the default one first; empty if none. A restore doesn't
    /// bring them back.</summary>
    public IReadOnlyList<string> Projects { get; internal init; } = ValueList<string>.None;

    /// <summary>The resource ids of the private endpoints that were connected to the account, or the names of their
    /// connections where the service didn't say; empty if none. A restore doesn't bring the connections back.</summary>
    public IReadOnlyList<string> PrivateEndpoints { get; internal init; } = ValueList<string>.None;

    /// <summary>The account's managed identity; null if it has none.</summary>
    public AccountIdentity? Identity { get; internal init; }

    /// <summary>The account's tags; empty if none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal init; } = TagDictionary.None;

    /// <summary>Who created the account: a user's name, <c>application ID</c> or <c>managed identity ID</c>; null if
    /// unknown.</summary>
    public string? CreatedBy { get; internal init; }

    /// <summary>Who deleted the account, from the Activity Log: a user's name, <c>managed identity NAME (ID)</c> or
    /// <c>application ID</c>; null if it wasn't asked for or isn't known.</summary>
    public string? DeletedBy { get; private set; }

    /// <summary>The resource id of the deleted account, as the service wrote it.</summary>
    public string ResourceId { get; internal init; } = null!;

    /// <summary>The resource id that the account had, and has again once it is restored.</summary>
    public string AccountId { get; internal init; } = null!;

    /// <summary>Whether the Activity Log was asked for <see cref="DeletedBy"/>.</summary>
    internal bool IsDeletedByRead { get; private set; }

    /// <summary>The service's own id of the account, which a restore keeps; null if it didn't say.</summary>
    internal string? InternalId { get; init; }

    /// <summary>When the account was first created, in UTC, which a restore keeps; null if the service didn't say.
    /// </summary>
    internal DateTime? DateCreated { get; init; }

    /// <summary>Those of <see cref="Subnets"/> that Foundry agents run in.</summary>
    internal IReadOnlyList<string> AgentSubnets { get; init; } = ValueList<string>.None;

    /// <summary>Whether only Entra ID lets anyone in: the account's keys are disabled.</summary>
    internal bool LocalAuthDisabled { get; init; }

    /// <summary>The resource id of the user-assigned identity that reads the customer-managed key; null if it is the
    /// system-assigned one.</summary>
    internal string? KeyIdentityId { get; init; }

    /// <summary>The object id of the identity that reads the customer-managed key; null if it isn't known.</summary>
    internal string? KeyPrincipalId { get; init; }

    /// <summary>The object ids of the identities that use <see cref="UserOwnedStorage"/>, one for each; empty if they
    /// aren't known.</summary>
    internal IReadOnlyList<string> StoragePrincipalIds { get; init; } = ValueList<string>.None;

    /// <summary>A copy in another state.</summary>
    internal DeletedCognitiveAccount WithState(string state)
    {
        var copy = (DeletedCognitiveAccount)MemberwiseClone();
        copy.ProvisioningState = state;
        return copy;
    }

    /// <summary>A copy that says who deleted the account.</summary>
    internal DeletedCognitiveAccount WithDeletedBy(string? caller)
    {
        var copy = (DeletedCognitiveAccount)MemberwiseClone();
        (copy.DeletedBy, copy.IsDeletedByRead) = (caller, true);
        return copy;
    }

    /// <summary>The account's name.</summary>
    public override string ToString() => Name;
}
