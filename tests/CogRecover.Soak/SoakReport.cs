using System.Globalization;
using System.Text;

namespace CogRecover.Soak;

/// <summary>What a soak came to.</summary>
public sealed class SoakReport
{
    /// <summary>How often each thing was done.</summary>
    public SortedDictionary<string, int> Operations { get; } = [];

    /// <summary>How often each fault struck.</summary>
    public SortedDictionary<string, int> Faults { get; } = [];

    /// <summary>How often each outcome was reported.</summary>
    public SortedDictionary<string, int> Outcomes { get; } = [];

    /// <summary>Where what was reported isn't what is, and what was left behind.</summary>
    public List<string> Mismatches { get; } = [];

    /// <summary>The managed heap after each round, in bytes.</summary>
    public List<long> Heap { get; } = [];

    internal static void Count(IDictionary<string, int> counts, string what, int by = 1) =>
        counts[what] = by + (counts.TryGetValue(what, out int before) ? before : 0);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Add("operations", Operations);
        Add("faults", Faults);
        Add("outcomes", Outcomes);
        if (Heap is [var first, .., var last])
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"heap after the first round {first / 1e6:0.0} MB, after the last {last / 1e6:0.0} MB"));
        text.Append(Mismatches.Count).AppendLine(" mismatches");
        foreach (string mismatch in Mismatches.Take(20)) text.Append("  ").AppendLine(mismatch);
        return text.ToString();

        void Add(string title, SortedDictionary<string, int> counts)
        {
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {counts.Values.Sum():N0}"));
            foreach ((string what, int count) in counts)
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-52}{count,10:N0}"));
        }
    }
}
