using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogRecover.Core.Arm;

/// <summary>How documents are read of which little is needed.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(ListPage<JsonElement>), TypeInfoPropertyName = "Page")]
internal sealed partial class ArmJson : JsonSerializerContext;
