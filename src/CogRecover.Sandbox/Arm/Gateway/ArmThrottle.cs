using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>ARM's token buckets: one for reads, writes and deletes of each subscription.</summary>
/// <param name="state">Tells the time.</param>
/// <param name="writesPerSecond">How fast the bucket of writes refills; null: nothing is throttled.</param>
/// <param name="writeBurst">The tokens in a full bucket of writes, and of deletes; null: twenty seconds' worth.</param>
internal sealed class ArmThrottle(ArmState state, double? writesPerSecond, int? writeBurst = null)
{
    /// <summary>What the public cloud allows: tokens a second and tokens in a full bucket.</summary>
    private static readonly Dictionary<string, (double Refill, double Full)> Limits = new()
    {
        ["reads"] = (25, 250),
        ["writes"] = (10, 200),
        ["deletes"] = (10, 200),
    };

    private readonly Dictionary<(string Scope, string Category), (double Tokens, DateTimeOffset At)> buckets = [];

    public static string Category(string method) => method switch
    {
        "GET" or "HEAD" => "reads",
        "DELETE" => "deletes",
        _ => "writes",
    };

    /// <summary>Takes a token.</summary>
    /// <returns>The tokens that are left.</returns>
    public int Take(string subscription, string category)
    {
        var (refill, full) = Limits[category];
        if (writesPerSecond is not { } writes) return (int)full - 1;
        var scale = writes / Limits["writes"].Refill;
        var most = category != "reads" && writeBurst is { } burst ? burst : full * scale;
        var now = state.Now;
        var key = (subscription.ToLowerInvariant(), category);
        lock (buckets)
        {
            var (before, at) = buckets.TryGetValue(key, out var known) ? known : (most, now);
            var tokens = Math.Min(most, before + ((now - at).TotalSeconds * refill * scale));
            var left = tokens - 1;
            buckets[key] = (left < 0 ? tokens : left, now);
            if (left >= 0) return (int)left;
            var seconds = (int)Math.Ceiling(-left / (refill * scale));
            throw ArmException.Throttled(category.TrimEnd('s'), subscription, seconds);
        }
    }
}
