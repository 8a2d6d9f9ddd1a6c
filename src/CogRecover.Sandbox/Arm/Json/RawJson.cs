using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogRecover.Sandbox.Arm.Json;

/// <summary>JSON that is rendered once and written many times.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class RawJson(object document)
{
    private readonly byte[] utf8 = JsonSerializer.SerializeToUtf8Bytes(document, ArmJson.Options);

    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.utf8, skipInputValidation: true);
    }
}
