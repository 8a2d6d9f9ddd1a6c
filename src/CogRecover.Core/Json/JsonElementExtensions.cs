namespace CogRecover.Core.Json;

/// <summary>Reads JSON whose fields may be missing or of another type: both give nothing. So does text with half a
/// surrogate pair, or that isn't UTF-8, for which the serializer throws.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The member of that name; undefined if there is none.</summary>
    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            ? OrNothing((element, name), static from => from.element.TryGetProperty(from.name, out JsonElement child)
                ? child
                : default)
            : default;

    /// <summary>The text of the member of that name; null if there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Child(name).AsText();

    /// <summary>The element as text; null if it isn't text.</summary>
    public static string? AsText(this JsonElement element) => element.ValueKind == JsonValueKind.String
        ? OrNothing(element, static text => text.GetString())
        : null;

    /// <summary>The text as a date, in UTC unless it has an offset; null if it isn't a date.</summary>
    public static DateTime? AsDate(this string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
        ? date.UtcDateTime
        : null;

    /// <summary>The text of the member of that name of each element of an array.</summary>
    public static string[] Texts(this JsonElement array, string name) =>
        [.. array.Elements().Select(element => element.Text(name)).OfType<string>()];

    /// <summary>The elements of an array; none if it isn't an array.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    /// <summary>The members of an object; none if it isn't an object.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(member => (OrNothing(member, static named => named.Name)!, member.Value))
                .Where(member => member.Item1 is not null)
            : [];

    private static TResult? OrNothing<T, TResult>(T json, Func<T, TResult?> read)
    {
        try
        {
            return read(json);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
