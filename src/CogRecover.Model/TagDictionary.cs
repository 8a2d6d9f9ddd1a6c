using System.Collections;
using System.Collections.ObjectModel;

namespace CogRecover;

/// <summary>The tags of an account. As text, such as in a CSV file, they read <c>env=prod; team=speech</c>, and in a
/// column of a table <c>{env=prod, team=speech}</c>.</summary>
public sealed class TagDictionary : ReadOnlyDictionary<string, string>, IEnumerable
{
    internal static readonly TagDictionary None = new(new Dictionary<string, string>());

    internal TagDictionary(IDictionary<string, string> tags) : base(tags) { }

    /// <summary>Each tag as <c>name=value</c>.</summary>
    public override string ToString() => string.Join("; ", Tags);

    // PowerShell takes this enumerator for what it shows, and the dictionary's own for everything else.
    IEnumerator IEnumerable.GetEnumerator() => Tags.GetEnumerator();

    private IEnumerable<Tag> Tags => this.Select(tag => new Tag(tag.Key, tag.Value));

    private sealed class Tag(string key, string value)
    {
        public string Key => key;

        public string Value => value;

        public override string ToString() => $"{key}={value}";
    }
}
