namespace CogRecover.Core.Accounts;

/// <summary>The fields of an account that are needed, a tenth of what the service sends. The serializer skips the rest.
/// A value of another type than promised counts as missing: <see cref="TextOrNothing"/> reads the texts, what has parts
/// is kept as it came, and <see cref="Of"/> reads what the serializer doesn't take.</summary>
internal sealed class AccountJson
{
    public string? Id { get; set; }
    public string? Name { get; set; }
    public string? Location { get; set; }
    public string? Kind { get; set; }
    public JsonElement Sku { get; set; }
    public JsonElement Identity { get; set; }
    public JsonElement Tags { get; set; }
    public JsonElement SystemData { get; set; }
    public AccountPropertiesJson? Properties { get; set; }

    /// <summary>Reads a single account. Of a malformed one, only the id and the name are read.</summary>
    public static AccountJson Of(JsonElement account)
    {
        try
        {
            return account.Deserialize(AccountJsonContext.Default.AccountJson) ?? new();
        }
        catch (JsonException)
        {
            return new() { Id = account.Text("id"), Name = account.Text("name") };
        }
    }
}

/// <summary>What is needed of an account's <c>properties</c>.</summary>
internal sealed class AccountPropertiesJson
{
    public string? DeletionDate { get; set; }
    public string? ScheduledPurgeDate { get; set; }
    public string? ProvisioningState { get; set; }
    public string? CustomSubDomainName { get; set; }
    public string? Endpoint { get; set; }
    public JsonElement Encryption { get; set; }
    public JsonElement UserOwnedStorage { get; set; }
    public JsonElement NetworkAcls { get; set; }
    public JsonElement NetworkInjections { get; set; }
    public JsonElement PrivateEndpointConnections { get; set; }
    public string? DefaultProject { get; set; }
    public JsonElement AssociatedProjects { get; set; }
    public JsonElement DisableLocalAuth { get; set; }
    public string? InternalId { get; set; }
    public string? DateCreated { get; set; }
}

/// <summary>Reads a string. Anything else counts as missing, as do half a surrogate pair and invalid UTF-8.</summary>
internal sealed class TextOrNothing : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>How accounts are read.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TextOrNothing)])]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(ListPage<AccountJson>), TypeInfoPropertyName = "Page")]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
