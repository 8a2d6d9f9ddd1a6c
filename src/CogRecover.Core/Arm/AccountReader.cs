using System.Text.Json;
using CogRecover.Core.Arm.Lists;

namespace CogRecover.Core.Arm;

/// <summary>
/// Reads accounts from the JSON of Azure Resource Manager. Only what is needed is looked at, unknown fields are the
/// rule, and a field of another type than promised counts as missing, except for the id, without which there is no
/// account.
/// </summary>
internal static class AccountReader
{
    /// <summary>What <see cref="ReadDeleted"/> looks at: a tenth of what the service says of an account.</summary>
    public static readonly JsonShape DeletedShape = new(
        ("id", JsonShape.Whole), ("name", JsonShape.Whole), ("kind", JsonShape.Whole), ("sku", JsonShape.Whole),
        ("identity", JsonShape.Whole), ("tags", JsonShape.Whole), ("systemData", JsonShape.Whole),
        ("properties", new(
            ("deletionDate", JsonShape.Whole), ("scheduledPurgeDate", JsonShape.Whole),
            ("customSubDomainName", JsonShape.Whole), ("endpoint", JsonShape.Whole),
            ("encryption", JsonShape.Whole), ("userOwnedStorage", JsonShape.Whole),
            ("networkAcls", JsonShape.Whole), ("internalId", JsonShape.Whole), ("dateCreated", JsonShape.Whole),
            ("provisioningState", JsonShape.Whole))));

    /// <summary>
    /// Reads a deleted account; null if it can't be read, which <paramref name="unreadable"/> is told.
    /// </summary>
    public static DeletedCognitiveAccount? TryReadDeleted(JsonElement account, Action<RecoveryException> unreadable)
    {
        try
        {
            return ReadDeleted(account);
        }
        catch (RecoveryException e)
        {
            unreadable(e);
            return null;
        }
    }

    public static DeletedCognitiveAccount ReadDeleted(JsonElement account)
    {
        AccountReference id = ReadId(account);
        if (id.Location is null)
            throw RecoveryErrors.InvalidResponse($"'{account.Text("id")}' isn't the id of a deleted account");

        JsonElement properties = account.Child("properties");
        return new DeletedCognitiveAccount
        {
            Name = id.Name,
            ResourceGroupName = id.ResourceGroupName!,
            Location = id.Location,
            SubscriptionId = id.SubscriptionId,
            Kind = account.Text("kind"),
            Sku = account.Child("sku").Text("name"),
            DeletionDate = properties.Date("deletionDate"),
            ScheduledPurgeDate = properties.Date("scheduledPurgeDate"),
            ProvisioningState = properties.Text("provisioningState"),
            CustomSubDomainName = properties.Text("customSubDomainName"),
            Endpoint = properties.Text("endpoint"),
            KeyVaultUri = properties.Child("encryption").Child("keyVaultProperties").Text("keyVaultUri"),
            UserOwnedStorage = new ValueList<string>(properties.Child("userOwnedStorage").Texts("resourceId")),
            Subnets = new ValueList<string>(properties.Child("networkAcls").Child("virtualNetworkRules").Texts("id")),
            Identity = ReadIdentity(account.Child("identity")),
            Tags = ReadTags(account.Child("tags")),
            CreatedBy = account.Child("systemData").Text("createdBy"),
            InternalId = properties.Text("internalId"),
            DateCreated = properties.Date("dateCreated"),
            ResourceId = account.Text("id")!,
            AccountId = $"/subscriptions/{id.SubscriptionId}/resourceGroups/{id.ResourceGroupName}/providers/"
                + $"{Arm.AccountId.LiveType}/{id.Name}",
        };
    }

    public static CognitiveAccount ReadLive(JsonElement account)
    {
        AccountReference id = ReadId(account);
        if (account.Text("location") is not { } location)
            throw RecoveryErrors.InvalidResponse($"account {id} has no location");

        JsonElement properties = account.Child("properties");
        return new CognitiveAccount
        {
            Name = id.Name,
            ResourceGroupName = id.ResourceGroupName!,
            Location = Region.Normalize(location),
            SubscriptionId = id.SubscriptionId,
            Kind = account.Text("kind"),
            Sku = account.Child("sku").Text("name"),
            ProvisioningState = properties.Text("provisioningState"),
            CustomSubDomainName = properties.Text("customSubDomainName"),
            Endpoint = properties.Text("endpoint"),
            Identity = ReadIdentity(account.Child("identity")),
            Tags = ReadTags(account.Child("tags")),
            InternalId = properties.Text("internalId"),
            DateCreated = properties.Date("dateCreated"),
            ResourceId = account.Text("id")!,
        };
    }

    private static AccountReference ReadId(JsonElement account)
    {
        if (account.Text("id") is not { } id)
            throw RecoveryErrors.InvalidResponse($"account '{account.Text("name")}' has no id");
        try
        {
            return AccountId.Parse(id);
        }
        catch (RecoveryException e)
        {
            throw RecoveryErrors.InvalidResponse(
                $"account '{account.Text("name")}' has the id '{id}'. {e.Message.TrimEnd('.')}", e);
        }
    }

    private static AccountIdentity? ReadIdentity(JsonElement identity) =>
        identity.Text("type") is { } type && !type.Equals("None", StringComparison.OrdinalIgnoreCase)
            ? new AccountIdentity
            {
                Type = type,
                PrincipalId = identity.Text("principalId"),
                TenantId = identity.Text("tenantId"),
                UserAssignedIdentities = new ValueList<string>(
                    identity.Child("userAssignedIdentities").Members().Select(id => id.Name)),
            }
            : null;

    private static TagDictionary ReadTags(JsonElement tags)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonElement value) in tags.Members()) read[name] = value.AsText() ?? "";
        return read.Count == 0 ? TagDictionary.None : new TagDictionary(read);
    }
}
