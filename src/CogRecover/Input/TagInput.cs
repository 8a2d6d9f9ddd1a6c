namespace CogRecover.Input;

/// <summary>Reads the tags that a user gives as a hashtable.</summary>
internal static class TagInput
{
    /// <exception cref="RecoveryException">A name is blank, or a value isn't text or a number
    /// (<see cref="RecoveryErrorId.InvalidTag"/>).</exception>
    public static IReadOnlyDictionary<string, string> Read(Hashtable? tags, string parameter)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry tag in tags ?? [])
        {
            string name = $"{tag.Key}".Trim();
            object? value = tag.Value is PSObject wrapped ? wrapped.BaseObject : tag.Value;
            if (name.Length == 0 || !(value is null or string or decimal || value.GetType().IsPrimitive))
                throw InputErrors.InvalidTag(parameter, name);
            read[name] = LanguagePrimitives.ConvertTo<string>(value) ?? "";
        }

        return read;
    }
}
