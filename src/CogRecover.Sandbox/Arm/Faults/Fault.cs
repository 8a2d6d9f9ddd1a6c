using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CogRecover.Sandbox.Arm.Faults;

/// <summary>A fault: what goes wrong, with which requests, and how often.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    [JsonRequired]
    public FaultKind Kind { get; init; }

    /// <summary>The method that it strikes; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression that a path has to match; null: any.</summary>
    public string? Path { get; init; }

    /// <summary>The bearer token of the only caller that it strikes; null: any.</summary>
    public string? Token { get; init; }

    /// <summary>How many requests it leaves alone first.</summary>
    public int Skip { get; init; }

    /// <summary>How many it strikes; null: all.</summary>
    public int? Times { get; init; }

    /// <summary>With what probability it strikes one, 0 to 1.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>Whether ARM does what it was asked before the answer goes wrong.</summary>
    public bool After { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The error code in the JSON of <see cref="FaultKind.Status"/>; null: no JSON.</summary>
    public string? Code { get; init; }

    /// <summary>The body of <see cref="FaultKind.Status"/>, sent as JSON; null: the error of <see cref="Code"/>.</summary>
    public string? Body { get; init; }

    /// <summary>The same where it isn't text, in base64 on the wire; null: <see cref="Body"/>.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Headers that are set in the answer; null removes one.</summary>
    public Dictionary<string, string?> Headers { get; init; } = [];

    /// <summary><c>Retry-After</c>, as it is sent: seconds, or <c>date:</c> and seconds for an HTTP date; null: none.
    /// </summary>
    public string? RetryAfter { get; init; }

    /// <summary>Where <see cref="FaultKind.Redirect"/> leads.</summary>
    public string Location { get; init; } = "https://elsewhere.example/";

    /// <summary>The state of <see cref="FaultKind.Operation"/>.</summary>
    public string State { get; init; } = "Failed";

    /// <summary>Levels, or MB.</summary>
    public int Size { get; init; } = 32;

    /// <summary>JSON pointers and the values to set there, null included; <c>*</c> is each entry of an array.</summary>
    public Dictionary<string, JsonNode?> Edits { get; init; } = [];
}
