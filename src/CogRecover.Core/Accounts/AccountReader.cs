namespace CogRecover.Core.Accounts;

/// <summary>Reads accounts from the JSON of Azure Resource Manager. Only what is needed is looked at, unknown fields
/// are the rule, and a field of another type than promised counts as missing, except for the id, without which there is
/// no account.</summary>
internal static class AccountReader
{
    /// <summary>Reads a deleted account; null if it can't be read. The action gets the reason then.</summary>
    public static DeletedCognitiveAccount? TryReadDeleted(AccountJson? account, Action<RecoveryException> unreadable)
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

    public static DeletedCognitiveAccount ReadDeleted(AccountJson? account)
    {
        account ??= new();
        AccountReference id = ReadId(account);
        if (id.Location is null)
            throw ServiceErrors.InvalidResponse($"'{account.Id}' isn't the id of a deleted account");
        AccountPropertiesJson properties = account.Properties ?? new();
        JsonElement key = properties.Encryption.Child("keyVaultProperties");
        (string? keyIdentity, string? keyPrincipal) = FindIdentity(account.Identity, key.Text("identityClientId"));
        JsonElement[] storage = [.. properties.UserOwnedStorage.Elements()
            .Where(owned => owned.Text("resourceId") is not null)];
        string[] agentSubnets = [.. properties.NetworkInjections.Texts("subnetArmId").Where(id => id.Length > 0)];
        return new DeletedCognitiveAccount
        {
            Name = id.Name,
            ResourceGroupName = id.ResourceGroupName!,
            Location = id.Location,
            SubscriptionId = id.SubscriptionId,
            Kind = account.Kind,
            Sku = account.Sku.Text("name"),
            DeletionDate = properties.DeletionDate.AsDate(),
            ScheduledPurgeDate = properties.ScheduledPurgeDate.AsDate(),
            ProvisioningState = properties.ProvisioningState,
            CustomSubDomainName = properties.CustomSubDomainName,
            Endpoint = properties.Endpoint,
            KeyVaultUri = key.Text("keyVaultUri"),
            KeyIdentityId = keyIdentity,
            KeyPrincipalId = keyPrincipal,
            UserOwnedStorage = List(storage.Select(owned => owned.Text("resourceId")!)),
            StoragePrincipalIds = List(storage.Select(owned =>
                FindIdentity(account.Identity, owned.Text("identityClientId")).PrincipalId ?? "")),
            Subnets = List(properties.NetworkAcls.Child("virtualNetworkRules").Texts("id").Concat(agentSubnets)
                .Distinct(StringComparer.OrdinalIgnoreCase)),
            AgentSubnets = List(agentSubnets),
            Projects = List(ReadProjects(properties)),
            PrivateEndpoints = List(properties.PrivateEndpointConnections.Elements().Select(connection =>
                connection.Child("properties").Child("privateEndpoint").Text("id")
                ?? connection.Text("name") ?? connection.Text("id")).OfType<string>()),
            LocalAuthDisabled = properties.DisableLocalAuth.ValueKind == JsonValueKind.True,
            Identity = ReadIdentity(account.Identity),
            Tags = ReadTags(account.Tags),
            CreatedBy = CallerName.Of(
                account.SystemData.Text("createdBy"), account.SystemData.Text("createdByType") == "ManagedIdentity"),
            InternalId = properties.InternalId,
            DateCreated = properties.DateCreated.AsDate(),
            ResourceId = account.Id!,
            AccountId = $"/subscriptions/{id.SubscriptionId}/resourceGroups/{id.ResourceGroupName}/providers/"
                + $"{References.AccountId.LiveType}/{id.Name}",
        };
    }

    /// <summary>Reads a live account; null if it can't be read.</summary>
    public static CognitiveAccount? TryReadLive(AccountJson? account)
    {
        try
        {
            return ReadLive(account ?? new());
        }
        catch (RecoveryException)
        {
            return null;
        }
    }

    public static CognitiveAccount ReadLive(AccountJson account)
    {
        AccountReference id = ReadId(account);
        AccountPropertiesJson properties = account.Properties ?? new();
        return new CognitiveAccount
        {
            Name = id.Name,
            ResourceGroupName = id.ResourceGroupName!,
            Location = Region.Normalize(
                account.Location ?? throw ServiceErrors.InvalidResponse($"account {id} has no location")),
            SubscriptionId = id.SubscriptionId,
            Kind = account.Kind,
            Sku = account.Sku.Text("name"),
            ProvisioningState = properties.ProvisioningState,
            CustomSubDomainName = properties.CustomSubDomainName,
            Endpoint = properties.Endpoint,
            Identity = ReadIdentity(account.Identity),
            Tags = ReadTags(account.Tags),
            InternalId = properties.InternalId,
            DateCreated = properties.DateCreated.AsDate(),
            ResourceId = account.Id!,
        };
    }

    private static AccountReference ReadId(AccountJson account)
    {
        if (account.Id is not { } id)
            throw ServiceErrors.InvalidResponse($"account '{account.Name}' has no id");
        try
        {
            return AccountId.Parse(id);
        }
        catch (RecoveryException e)
        {
            throw ServiceErrors.InvalidResponse(
                $"account '{account.Name}' has the id '{id}'. {e.Message.TrimEnd('.')}", e);
        }
    }

    private static AccountIdentity? ReadIdentity(JsonElement identity) =>
        identity.Text("type") is { } type && !type.Equals("None", StringComparison.OrdinalIgnoreCase)
            ? new AccountIdentity
            {
                Type = type,
                PrincipalId = identity.Text("principalId"),
                TenantId = identity.Text("tenantId"),
                UserAssignedIdentities = List(
                    identity.Child("userAssignedIdentities").Members().Select(id => id.Name)),
            }
            : null;

    // Without a client id it is the system-assigned identity.
    private static (string? Id, string? PrincipalId) FindIdentity(JsonElement identity, string? clientId)
    {
        if (clientId is null) return (null, identity.Text("principalId"));
        (string? id, JsonElement found) = identity.Child("userAssignedIdentities").Members().FirstOrDefault(
            assigned => clientId.Equals(assigned.Value.Text("clientId"), StringComparison.OrdinalIgnoreCase));
        return (id, found.Text("principalId"));
    }

    // Each is a name, or an id that ends with it.
    private static IEnumerable<string> ReadProjects(AccountPropertiesJson properties) =>
        properties.AssociatedProjects.Elements().Select(project => project.AsText()).Prepend(properties.DefaultProject)
            .Select(project => project?.Split('/').Last()).Where(project => !string.IsNullOrEmpty(project))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    private static ValueList<string> List(IEnumerable<string> values)
    {
        var list = new ValueList<string>(values);
        return list.Count == 0 ? ValueList<string>.None : list;
    }

    public static TagDictionary ReadTags(JsonElement tags)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonElement value) in tags.Members()) read[name] = value.AsText() ?? "";
        return read.Count == 0 ? TagDictionary.None : new TagDictionary(read);
    }
}
