namespace CogRecover.Input;

/// <summary>Trims names and leaves out blank ones. Refuses an object as a name, so that PowerShell binds its properties
/// if it is piped in.</summary>
internal sealed class TrimNamesAttribute : ArgumentTransformationAttribute
{
    // Not line breaks: no name has one, so that it is an error.
    private static readonly char[] Blanks = [' ', '\t', '\u00a0'];

    /// <summary>The names that aren't blank, without the blanks around them.</summary>
    public static string[] Trim(IEnumerable<string?>? names) =>
        [.. (names ?? []).Select(name => name?.Trim(Blanks) ?? "").Where(name => name.Length > 0)];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = Unwrap(inputData);
        object?[] items = given is IEnumerable list and not (string or IDictionary)
            ? [.. list.Cast<object?>().Select(Unwrap)]
            : [given];
        if (Array.Find(items, item => item is not (null or IConvertible)) is { } other)
        {
            // An exception of any other type would end the binding.
            string message = $"A {other.GetType().Name} isn't a name. Pipe it in, or give its name.";
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        return Array.TrueForAll(items, item => item is null or string)
            ? Trim(items.Cast<string?>())
            : inputData;
    }

    private static object? Unwrap(object? given) =>
        given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
}
