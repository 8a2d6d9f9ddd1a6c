using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Json;

/// <summary>Accounts as ARM writes them: what the creator set, and what the service derives from the kind.</summary>
internal static class AccountJson
{
    /// <summary>A live account.</summary>
    public static object Document(Account account) => Document(account, null);

    /// <summary>A deleted account.</summary>
    public static object Document(DeletedAccount deleted) => Document(deleted.Account, deleted);

    /// <summary>A live account as the list of all kinds of resources has it.</summary>
    public static object Resource(Account account, bool expand) => new
    {
        account.Id,
        account.Name,
        account.Type,
        Sku = new { Name = account.Sku },
        account.Kind,
        Location = AzureLocation.Normalize(account.Location),
        account.Identity,
        account.Tags,
        CreatedTime = expand ? ArmJson.Date(account.DateCreated) : null,
        ChangedTime = expand ? ArmJson.Date(account.WrittenAt) : null,
        ProvisioningState = expand ? account.ProvisioningState : null,
    };

    private static object Document(Account account, DeletedAccount? deleted)
    {
        var creatorType = Guid.TryParse(account.CreatedBy, out _) ? "Application" : "User";
        var writtenAt = ArmJson.Date(account.WrittenAt);
        return new
        {
            Id = deleted?.Id ?? account.Id,
            account.Name,
            Type = deleted is null ? account.Type : ArmType.DeletedAccounts.FullName,
            Etag = account.ETag,
            account.Location,
            Sku = new { Name = account.Sku },
            account.Kind,
            account.Tags,
            Properties = Properties(account, deleted),
            account.Identity,
            SystemData = new
            {
                account.CreatedBy,
                CreatedByType = creatorType,
                CreatedAt = writtenAt,
                LastModifiedBy = account.CreatedBy,
                LastModifiedByType = creatorType,
                LastModifiedAt = writtenAt,
            },
        };
    }

    private static OrderedDictionary<string, object?> Properties(Account account, DeletedAccount? deleted)
    {
        var profile = KindProfile.Of(account.Kind);
        var endpoint = Endpoint(account);
        OrderedDictionary<string, object?> json = new(StringComparer.OrdinalIgnoreCase) { ["endpoint"] = endpoint };
        // The service has no fixed place for the state: recorded lists have it second and last.
        if ((account.InternalId.GetHashCode() & 1) == 0) json["provisioningState"] = account.ProvisioningState;
        json["internalId"] = account.InternalId.ToString("n");
        json["dateCreated"] = ArmJson.Date(account.DateCreated);
        if (profile.CallRateLimit is { } limit) json["callRateLimit"] = limit;
        if (account.Kind.Is("TextAnalytics"))
            json["apiProperties"] = new Dictionary<string, string?> { ["qnaAzureSearchEndpointKey"] = null };
        json["isMigrated"] = false;
        if (account.CustomSubDomainName is { } subDomain) json["customSubDomainName"] = subDomain;
        foreach (var (name, value) in account.Properties ?? []) json[name] = value;
        json.TryAdd("privateEndpointConnections", Array.Empty<object>());
        json.TryAdd("publicNetworkAccess", "Enabled");
        json.TryAdd("capabilities", profile.CapabilityList);
        json["endpoints"] = profile.Endpoints.ToDictionary(api => api, _ => endpoint);
        if (deleted is not null)
        {
            json["deletionDate"] = ArmJson.Date(deleted.DeletionDate);
            json["scheduledPurgeDate"] = ArmJson.Date(deleted.ScheduledPurgeDate);
        }

        json.TryAdd("provisioningState", account.ProvisioningState);
        return json;
    }

    private static string Endpoint(Account account) => account switch
    {
        { CustomSubDomainName: { } name, Kind: "OpenAI" } => $"https://{name}.openai.azure.com/",
        { CustomSubDomainName: { } name } => $"https://{name}.cognitiveservices.azure.com/",
        { Kind: "TextTranslation" } => "https://api.cognitive.microsofttranslator.com/",
        _ => $"https://{AzureLocation.Normalize(account.Location)}.api.cognitive.microsoft.com/",
    };
}
