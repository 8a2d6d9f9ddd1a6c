namespace CogRecover.Input;

/// <summary>The values of an input: those of a hashtable, whose keys are the names of parameters, or those that
/// PowerShell has bound. PowerShell binds the properties of an object, but not the keys of a hashtable.</summary>
/// <param name="row">The hashtable; null if the input is none.</param>
/// <param name="typed">The parameters on the command line, which no input overrides.</param>
internal sealed class RowKeys(IDictionary? row, CommandInfo command, ICollection<string> typed)
{
    /// <summary>The texts of a parameter; null where the input doesn't have it. A value that is no text names nothing.
    /// </summary>
    public string[]? Texts(string parameter, string?[]? bound)
    {
        object? value = Value(parameter, bound);
        if (value is null) return IsThere(parameter) ? [] : null;
        object?[] items = LanguagePrimitives.GetEnumerable(value) is { } list ? [.. list.Cast<object?>()] : [value];
        return Array.TrueForAll(items, item => (item is PSObject wrapped ? wrapped.BaseObject : item)
            is null or IConvertible)
            ? LanguagePrimitives.ConvertTo<string[]>(items)
            : [];
    }

    public object? Value(string parameter, object? bound) => row is null || typed.Contains(parameter)
        ? bound
        : Entries(parameter).Select(entry => entry.Value).FirstOrDefault(value => value is not null);

    private bool IsThere(string parameter) =>
        row is not null && !typed.Contains(parameter) && Entries(parameter).Any();

    private IEnumerable<DictionaryEntry> Entries(string parameter)
    {
        foreach (string name in (string[])[parameter, .. command.Parameters[parameter].Aliases])
            foreach (DictionaryEntry entry in row!)
                if (name.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase)) yield return entry;
    }
}
