namespace CogRecover.Sandbox.Arm.Service;

/// <summary>How a <see cref="SimulatedArm"/> behaves, and what it starts with.</summary>
public sealed record SimulatedArmOptions
{
    /// <summary>The loopback port; 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>What every answer takes longer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long it takes to create an account on the server. It answers 201 <c>Creating</c> in any case.
    /// </summary>
    public TimeSpan CreateTime { get; init; }

    /// <summary>How long a restore takes on the server. Zero: it answers 201 with the account already
    /// <c>Succeeded</c> and no header to poll, as recorded.</summary>
    public TimeSpan RestoreTime { get; init; }

    /// <summary>How long a purge takes on the server. It answers 202 in any case.</summary>
    public TimeSpan PurgeTime { get; init; }

    /// <summary>For how long after a deletion a restore and a purge conflict with it: 409 <c>RequestConflict</c>.
    /// </summary>
    public TimeSpan SettleTime { get; init; }

    /// <summary>How long the recovery of a key vault takes on the server. Zero: it answers with the vault already
    /// <c>Succeeded</c>.</summary>
    public TimeSpan VaultRecoveryTime { get; init; }

    /// <summary>How long the recovery of a storage account takes on the server. It answers 202 in any case.</summary>
    public TimeSpan StorageRecoveryTime { get; init; }

    /// <summary>How long a subnet of agents stays in use once the account that they belonged to is purged.</summary>
    public TimeSpan SubnetReleaseTime { get; init; }

    /// <summary>How long a resource group is <c>Deleting</c>, once what was in it is gone. Its deletion answers 202 in
    /// any case.</summary>
    public TimeSpan GroupDeletionTime { get; init; }

    /// <summary>Whether the Activity Log has a group's deletion alone, without one event for each account in it.
    /// </summary>
    public bool LogsGroupDeletionOnly { get; init; }

    /// <summary>Who sends the requests, whatever the token: what the Activity Log and refusals name.</summary>
    public string Caller { get; init; } = "admin@contoso.com";

    /// <summary>The caller's object id in the directory, a GUID.</summary>
    public string CallerObjectId { get; init; } = "5b0e8f6a-3d27-4c41-9e8b-1f6a0d2c7e94";

    /// <summary>Accounts a page of a list.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The writes a second above which ARM answers 429, after a burst of twenty times as many; deletes the
    /// same, reads in the proportion of the real limits. Null: no limit.</summary>
    public double? WritesPerSecond { get; init; }

    /// <summary>The writes in a full bucket, and the deletes in theirs, where <see cref="WritesPerSecond"/> limits
    /// them.
    /// Null: twenty seconds' worth.</summary>
    public int? WriteBurst { get; init; }

    /// <summary>What time it is: decides on retention, operations and throttling.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The tenant.</summary>
    public string TenantId { get; init; } = "8d2f6c1e-4b7a-4e0c-9a53-c0ffee5eed01";

    /// <summary>The first subscription.</summary>
    public string SubscriptionId { get; init; } = "3f1a7b52-6c0d-4d8e-b1f4-0a5c9e2d7b10";

    /// <summary>Whether it starts with the sample accounts.</summary>
    public bool SampleData { get; init; } = true;

    /// <summary>Further subscriptions.</summary>
    public int ExtraSubscriptions { get; init; }

    /// <summary>Further deleted accounts, spread over all subscriptions.</summary>
    public int ExtraAccounts { get; init; }

    /// <summary>A JSON file with more to start with:
    /// <c>{"resourceGroups":[…],"accounts":[…],"deletedAccounts":[…]}</c>, each entry as ARM writes it.</summary>
    public string? SeedFile { get; init; }
}
