using System.Text.Json.Nodes;

namespace CogRecover.Core.Tests.Simulator;

/// <summary>What the real service answered. It stays beside the repository; without it, a test skips.</summary>
internal static class Recorded
{
    /// <summary>Names that are keys of a dictionary, not of a shape.</summary>
    private static readonly string[] Dictionaries = ["endpoints", "tags", "userAssignedIdentities"];

    public static JsonNode Read(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CogRecover.psd1"))) root = root.Parent;
        var path = Path.Combine(root?.Parent?.FullName ?? "", "shared", "recorded", name);
        if (root is null || !File.Exists(path)) Assert.Skip($"There is no recording {name} here.");
        return JsonNode.Parse(File.ReadAllText(path))!;
    }

    /// <summary>The names and types in a piece of JSON, one a line. An array is all its entries at once.</summary>
    public static string Shape(JsonNode? json) =>
        string.Join('\n', Lines("", "", json).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(string path, string name, JsonNode? json) => json switch
    {
        JsonObject entries => entries
            .SelectMany(entry => Lines(
                $"{path}.{(Dictionaries.Contains(name) ? "*" : entry.Key)}", entry.Key, entry.Value))
            .Prepend($"{path}: object"),
        JsonArray entries => entries.SelectMany(entry => Lines(path + "[]", "", entry)).Prepend($"{path}: array"),
        null => [$"{path}: null"],
        _ => [$"{path}: {json.GetValueKind()}"],
    };
}
