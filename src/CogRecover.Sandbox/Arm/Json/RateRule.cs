namespace CogRecover.Sandbox.Arm.Json;

/// <summary>So many calls of these paths, with this HTTP method, in a period of so many seconds.</summary>
internal sealed record RateRule(string Key, int RenewalPeriod, int Count, string Method, params string[] Paths)
{
    /// <summary>Whether the service may lend more.</summary>
    public bool Dynamic { get; init; }
}
