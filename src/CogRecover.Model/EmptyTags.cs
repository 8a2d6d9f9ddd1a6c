using System.Collections.ObjectModel;

namespace CogRecover;

internal static class EmptyTags
{
    public static readonly IReadOnlyDictionary<string, string> Value =
        new ReadOnlyDictionary<string, string>(new Dictionary<string, string>());
}
