namespace CogRecover.Bench.Processes;

/// <summary>The simulated ARM that a figure wants.</summary>
internal sealed record ArmSettings
{
    /// <summary>Deleted accounts, of about 10 KB each, spread over the subscriptions.</summary>
    public int Accounts { get; init; }

    /// <summary>Subscriptions.</summary>
    public int Subscriptions { get; init; } = 1;

    /// <summary>What every answer takes longer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long a restore or a purge takes on the server.</summary>
    public TimeSpan OperationTime { get; init; }

    /// <summary>The writes a second that are allowed; null: any number.</summary>
    public double? WritesPerSecond { get; init; }

    /// <summary>The writes in a full bucket.</summary>
    public int? WriteBurst { get; init; }

    /// <summary>Whether each answer to a GET is made once, and given from memory from then on.</summary>
    public bool RemembersPages { get; init; }
}
