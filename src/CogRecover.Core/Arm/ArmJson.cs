namespace CogRecover.Core.Arm;

/// <summary>Documents that are read without a type of their own.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ListPage<JsonElement>), TypeInfoPropertyName = "Page")]
internal sealed partial class ArmJson : JsonSerializerContext;

/// <summary>A page of a list.</summary>
internal sealed class ListPage<T>
{
    /// <summary>The entries; null if the page has none.</summary>
    public List<T>? Value { get; set; }

    /// <summary>The address of the next page, unverified; undefined or null after the last.</summary>
    public JsonElement NextLink { get; set; }
}
