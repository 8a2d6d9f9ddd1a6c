using System.Globalization;
using System.Text.Json;

namespace CogRecover.Core.Arm;

/// <summary>Looks into JSON whose fields may be missing or of another type: both answer with nothing.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The member of that name; undefined if there is none or this is no object.</summary>
    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            ? Readable(() => element.TryGetProperty(name, out JsonElement child) ? child : default)
            : default;

    /// <summary>The text of the member of that name; null if there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Child(name).AsText();

    /// <summary>The element as text; null if it is none.</summary>
    public static string? AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Readable(element.GetString) : null;

    /// <summary>
    /// The member of that name as a date in UTC, which it is without an offset; null if there is none.
    /// </summary>
    public static DateTime? Date(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(
            element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date.UtcDateTime
            : null;

    /// <summary>The text of the member of that name of each element of an array.</summary>
    public static string[] Texts(this JsonElement array, string name) =>
        [.. array.Elements().Select(element => element.Text(name)).OfType<string>()];

    /// <summary>The elements of an array; none if this is no array.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    /// <summary>The members of an object; none if this is no object.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) yield break;
        foreach (JsonProperty member in element.EnumerateObject())
            if (Readable(() => member.Name) is { } name) yield return (name, member.Value);
    }

    /// <summary>Half a surrogate pair, or what isn't UTF-8, is no text: where it comes up, there is nothing.</summary>
    private static T? Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
