using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm;

/// <summary>How ARM writes JSON.</summary>
internal static class ArmJson
{
    /// <summary>Escapes no more than JSON must, as ARM does.</summary>
    public static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTC, with seven fractional digits.</summary>
    public static string Date(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <summary>Seven fractional digits.</summary>
    public static void WriteDate(this Utf8JsonWriter json, string name, DateTimeOffset date) =>
        json.WriteString(name, Date(date));

    /// <summary>Whole seconds, as operations have them.</summary>
    public static void WriteSeconds(this Utf8JsonWriter json, string name, DateTimeOffset date) =>
        json.WriteString(name, date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    /// <summary>The tags, if there ever were any.</summary>
    public static void WriteTags(this Utf8JsonWriter json, IDictionary<string, string>? tags)
    {
        if (tags is null) return;
        json.WriteStartObject("tags");
        foreach (var (name, value) in tags) json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>An object.</summary>
    public static void WriteObject(this Utf8JsonWriter json, string? name, Action write)
    {
        if (name is not null) json.WritePropertyName(name);
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    /// <summary>An array of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>What stands in an <c>error</c>.</summary>
    public static void WriteError(this Utf8JsonWriter json, ArmException error)
    {
        json.WriteString("code", error.Code);
        if (error.Target is { } target) json.WriteString("target", target);
        json.WriteString("message", error.Message);
        json.WriteNode("details", error.Details);
        json.WriteNode("additionalInfo", error.AdditionalInfo);
    }

    private static void WriteNode(this Utf8JsonWriter json, string name, JsonNode? node)
    {
        if (node is null) return;
        json.WritePropertyName(name);
        node.WriteTo(json);
    }
}
