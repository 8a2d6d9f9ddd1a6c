using System.Collections.ObjectModel;

namespace CogRecover;

/// <summary>A list in an output object. As text, such as in a CSV file, it reads as its values, with semicolons
/// between.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class ValueList<T> : ReadOnlyCollection<T>
{
    internal static readonly ValueList<T> None = new([]);

    internal ValueList(IEnumerable<T> values) : base(values.ToArray()) { }

    /// <summary>The values, with semicolons between.</summary>
    public override string ToString() => string.Join("; ", this);
}
