using System.Text.Json;

namespace CogRecover.Sandbox.Arm;

/// <summary>Writes accounts as ARM does: what the creator set, and what the service derives from the kind.</summary>
internal static class AccountJson
{
    /// <summary>A live account.</summary>
    public static void Write(Utf8JsonWriter json, Account account) => Write(json, account, null);

    /// <summary>A deleted account.</summary>
    public static void Write(Utf8JsonWriter json, DeletedAccount deleted) => Write(json, deleted.Account, deleted);

    /// <summary>A live account as the list of all kinds of resources has it.</summary>
    public static void WriteResource(Utf8JsonWriter json, Account account, bool expand) => json.WriteObject(null, () =>
    {
        json.WriteString("id", account.Id);
        json.WriteString("name", account.Name);
        json.WriteString("type", "Microsoft.CognitiveServices/accounts");
        json.WriteObject("sku", () => json.WriteString("name", account.Sku));
        json.WriteString("kind", account.Kind);
        json.WriteString("location", AzureLocation.Normalize(account.Location));
        WriteIdentity(json, account);
        json.WriteTags(account.Tags);
        if (!expand) return;
        json.WriteDate("createdTime", account.DateCreated);
        json.WriteDate("changedTime", account.WrittenAt);
        json.WriteString("provisioningState", account.ProvisioningState);
    });

    private static void Write(Utf8JsonWriter json, Account account, DeletedAccount? deleted)
    {
        json.WriteStartObject();
        json.WriteString("id", deleted?.Id ?? account.Id);
        json.WriteString("name", account.Name);
        json.WriteString("type", $"Microsoft.CognitiveServices/{(deleted is null ? "accounts" : "deletedAccounts")}");
        json.WriteString("etag", account.ETag);
        json.WriteString("location", account.Location);
        json.WriteObject("sku", () => json.WriteString("name", account.Sku));
        json.WriteString("kind", account.Kind);
        json.WriteTags(account.Tags);
        json.WriteObject("properties", () => WriteProperties(json, account, deleted));
        WriteIdentity(json, account);
        json.WriteObject("systemData", () => WriteSystemData(json, account));
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, Account account, DeletedAccount? deleted)
    {
        // The service has no fixed place for the state: recorded lists have it second and last.
        var early = (account.InternalId.GetHashCode() & 1) == 0;
        var profile = KindProfile.Of(account.Kind);
        var endpoint = Endpoint(account);
        json.WriteString("endpoint", endpoint);
        if (early) json.WriteString("provisioningState", account.ProvisioningState);
        json.WriteString("internalId", account.InternalId.ToString("n"));
        json.WriteDate("dateCreated", account.DateCreated);
        Derive("callRateLimit", profile.CallRateLimit);
        if (account.Kind.Equals("TextAnalytics", StringComparison.OrdinalIgnoreCase))
            Derive("apiProperties", """{"qnaAzureSearchEndpointKey":null}"""u8);
        json.WriteBoolean("isMigrated", false);
        if (account.CustomSubDomainName is { } subDomain) json.WriteString("customSubDomainName", subDomain);
        foreach (var (name, value) in account.Properties ?? [])
        {
            json.WritePropertyName(name);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }

        Derive("privateEndpointConnections", "[]"u8);
        Derive("publicNetworkAccess", "\"Enabled\""u8);
        Derive("capabilities", profile.Capabilities);
        json.WriteStartObject("endpoints");
        foreach (var api in profile.Endpoints) json.WriteString(api, endpoint);
        json.WriteEndObject();
        if (deleted is not null)
        {
            json.WriteDate("deletionDate", deleted.DeletionDate);
            json.WriteDate("scheduledPurgeDate", deleted.ScheduledPurgeDate);
        }

        if (!early) json.WriteString("provisioningState", account.ProvisioningState);

        void Derive(string name, ReadOnlySpan<byte> value)
        {
            if (value.IsEmpty || account.Properties?.ContainsKey(name) is true) return;
            json.WritePropertyName(name);
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }

    private static void WriteIdentity(Utf8JsonWriter json, Account account)
    {
        if (account.Identity is null) return;
        json.WritePropertyName("identity");
        account.Identity.WriteTo(json);
    }

    private static void WriteSystemData(Utf8JsonWriter json, Account account)
    {
        var type = Guid.TryParse(account.CreatedBy, out _) ? "Application" : "User";
        json.WriteString("createdBy", account.CreatedBy);
        json.WriteString("createdByType", type);
        json.WriteDate("createdAt", account.WrittenAt);
        json.WriteString("lastModifiedBy", account.CreatedBy);
        json.WriteString("lastModifiedByType", type);
        json.WriteDate("lastModifiedAt", account.WrittenAt);
    }

    private static string Endpoint(Account account) => account switch
    {
        { CustomSubDomainName: { } name, Kind: "OpenAI" } => $"https://{name}.openai.azure.com/",
        { CustomSubDomainName: { } name } => $"https://{name}.cognitiveservices.azure.com/",
        { Kind: "TextTranslation" } => "https://api.cognitive.microsofttranslator.com/",
        _ => $"https://{AzureLocation.Normalize(account.Location)}.api.cognitive.microsoft.com/",
    };
}
