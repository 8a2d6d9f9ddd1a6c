using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm.Http;

/// <summary>Reads what clients sent: a value of another type than expected is their error.</summary>
internal static class JsonObjectReading
{
    public static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw ArmException.InvalidContent($"Error converting value of '{name}' to type 'System.String'"),
    };

    public static JsonObject? Object(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw ArmException.InvalidContent($"Error converting value of '{name}' to an object"),
    };
}
