using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogRecover.Core.Arm;

/// <summary>
/// What is needed of an account, a tenth of what the service says of it: the serializer skips the rest. A value is kept
/// as it came, so that one of another type than promised counts as missing.
/// </summary>
internal sealed class AccountJson
{
    public JsonElement Id { get; set; }

    public JsonElement Name { get; set; }

    public JsonElement Location { get; set; }

    public JsonElement Kind { get; set; }

    public JsonElement Sku { get; set; }

    public JsonElement Identity { get; set; }

    public JsonElement Tags { get; set; }

    public JsonElement SystemData { get; set; }

    public AccountPropertiesJson? Properties { get; set; }
}

/// <summary>What is needed of an account's <c>properties</c>.</summary>
internal sealed class AccountPropertiesJson
{
    public JsonElement DeletionDate { get; set; }

    public JsonElement ScheduledPurgeDate { get; set; }

    public JsonElement ProvisioningState { get; set; }

    public JsonElement CustomSubDomainName { get; set; }

    public JsonElement Endpoint { get; set; }

    public JsonElement Encryption { get; set; }

    public JsonElement UserOwnedStorage { get; set; }

    public JsonElement NetworkAcls { get; set; }

    public JsonElement InternalId { get; set; }

    public JsonElement DateCreated { get; set; }
}

/// <summary>How the answers of Azure Resource Manager are read.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(ListPage<AccountJson>), TypeInfoPropertyName = "AccountPage")]
[JsonSerializable(typeof(ListPage<JsonElement>), TypeInfoPropertyName = "Page")]
internal sealed partial class ArmJson : JsonSerializerContext;
