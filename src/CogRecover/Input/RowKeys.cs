namespace CogRecover.Input;

/// <summary>The values of an input: those of a hashtable, whose keys are the names of parameters, or those that
/// PowerShell has bound. PowerShell binds the properties of an object, but not the keys of a hashtable.</summary>
/// <param name="row">The hashtable; null if the input is none.</param>
/// <param name="typed">The parameters on the command line, which no input overrides.</param>
internal sealed class RowKeys(IDictionary? row, CommandInfo command, ICollection<string> typed)
{
    /// <summary>The texts of a parameter; null where it has none, as where another hashtable stands in place of it.
    /// </summary>
    public string[]? Texts(string parameter, string?[]? bound)
    {
        object? value = Value(parameter, bound);
        return (value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary
            ? null
            : LanguagePrimitives.ConvertTo<string[]>(value);
    }

    public object? Value(string parameter, object? bound)
    {
        if (row is null || typed.Contains(parameter)) return bound;
        foreach (string name in (string[])[parameter, .. command.Parameters[parameter].Aliases])
            foreach (DictionaryEntry entry in row)
                if (name.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase)) return entry.Value;
        return null;
    }
}
