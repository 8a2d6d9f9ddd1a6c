using System.Globalization;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The few forms of <c>$filter</c> that the Activity Log takes: a span of time, and at most one thing that all
/// the events have in common.</summary>
internal sealed partial record ActivityLogFilter(DateTimeOffset From, DateTimeOffset To, string? Field, string? Value)
{
    /// <summary>How long the Activity Log keeps its events.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private static readonly string[] Fields =
        ["resourceGroupName", "resourceUri", "resourceId", "resourceProvider", "correlationId"];

    /// <exception cref="ArmException">400: it isn't one of the forms, or reaches back too far.</exception>
    public static ActivityLogFilter Parse(string filter, DateTimeOffset now)
    {
        if (filter.Trim().Length == 0)
            throw ArmException.InvalidActivityQuery("The $filter query parameter is required, with a start time.");
        DateTimeOffset? from = null, to = null;
        string? field = null, value = null;
        foreach (var text in And().Split(filter.Trim()))
        {
            var term = Term().Match(text);
            var (name, comparison) = (term.Groups["field"].Value, term.Groups["operator"].Value.ToLowerInvariant());
            var operand = term.Groups["value"].Value;
            if (name.Is("eventTimestamp") && comparison == "ge" && from is null) from = Time(operand);
            else if (name.Is("eventTimestamp") && comparison == "le" && to is null) to = Time(operand);
            else if (name.Is("eventChannels") && comparison == "eq") continue;
            else if (comparison == "eq" && field is null && Fields.Any(name.Is))
                (field, value) = (name.ToLowerInvariant(), operand);
            else throw ArmException.InvalidActivityQuery($"$filter searching parameters invalid: '{text}'.");
        }

        if (from is null)
            throw ArmException.InvalidActivityQuery("$filter searching parameters invalid: no start time.");
        if (now - from > Retention || (to ?? now) - from > Retention)
            throw ArmException.InvalidActivityQuery("The start time cannot be more than 90 days in the past.");
        if (to < from) throw ArmException.InvalidActivityQuery("The end time cannot be before the start time.");
        return new(from.Value, to ?? now, field, value);
    }

    public bool Matches(ActivityEvent one) => From <= one.Timestamp && one.Timestamp <= To && Field switch
    {
        null => true,
        "resourcegroupname" => one.ResourceGroupName.Is(Value),
        "resourceprovider" => one.ResourceProvider.Is(Value),
        "correlationid" => one.CorrelationId.Is(Value),
        _ => one.ResourceId.Trim('/').Is(Value!.Trim('/')),
    };

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ArmException.InvalidActivityQuery($"$filter searching parameters invalid: '{text}' is no time.");

    [GeneratedRegex(@"\s+and\s+(?=\w+\s+(?:eq|ge|le)\s)", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(
        @"^(?<field>\w+)\s+(?<operator>eq|ge|le)\s+(?:'(?<value>[^']*)'|(?<value>[^\s']+))$", RegexOptions.IgnoreCase)]
    private static partial Regex Term();
}
