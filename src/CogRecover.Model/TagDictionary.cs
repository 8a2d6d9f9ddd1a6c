using System.Collections.ObjectModel;

namespace CogRecover;

/// <summary>The tags of an account. As text, such as in a CSV file, they read <c>env=prod; team=speech</c>.</summary>
public sealed class TagDictionary : ReadOnlyDictionary<string, string>
{
    internal static readonly TagDictionary None = new(new Dictionary<string, string>());

    internal TagDictionary(IDictionary<string, string> tags) : base(tags) { }

    /// <summary>Each tag as <c>name=value</c>.</summary>
    public override string ToString() => string.Join("; ", this.Select(tag => $"{tag.Key}={tag.Value}"));
}
