using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogRecover.Sandbox.Arm.Faults;

/// <summary>What <c>POST /_sandbox/faults</c> takes: the faults from now on, instead of those before.</summary>
public sealed record FaultPlan
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The faults. The first that strikes a request is the one.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What the chances are drawn with.</summary>
    public int Seed { get; init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It isn't one; the message says why.</exception>
    public static async Task<FaultPlan> ReadAsync(Stream json, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync<FaultPlan>(json, Json, cancellationToken) ?? new();
}
