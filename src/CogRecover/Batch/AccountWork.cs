namespace CogRecover.Batch;

/// <summary>How far a command has come with an account.</summary>
internal enum WorkStage
{
    Looking,
    /// <summary>The user wants it, or isn't asked.</summary>
    Confirmed,
    /// <summary>The operation is prepared, or waits: no request is on its way.</summary>
    Running,
    /// <summary>A request is on its way: whether the service has accepted it isn't known.</summary>
    Sent,
    Accepted,
    Done,
    Failed,
    /// <summary>There was nothing to do, or the user said no.</summary>
    Skipped,
}

/// <summary>Everything that a command knows about one account while it works on it.</summary>
internal sealed class AccountWork(AccountInput input, ICommandOutput output, AccountJob? job) : IOperationObserver
{
    private bool wasLost;

    public AccountInput Input => input;

    /// <summary>Where what is about this account is written.</summary>
    public ICommandOutput Output => output;

    /// <summary>The account's own job; null if the command runs in its pipeline.</summary>
    public AccountJob? Job => job;

    /// <summary>The deleted account; null until it is found, and where only a live one is.</summary>
    public DeletedCognitiveAccount? Account { get; set; }

    /// <summary>The account where it lives already, or is being restored; else null.</summary>
    public CognitiveAccount? Live { get; set; }

    public WorkStage Stage { get; set; } = WorkStage.Looking;

    /// <summary>Whether the user has seen what it came to.</summary>
    public bool IsShown { get; set; }

    /// <summary>Completes when the user has answered, or no question is needed.</summary>
    public TaskCompletionSource<bool> Question { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The account's room within <c>-ThrottleLimit</c>; null before it has one.</summary>
    public IDisposable? Room { get; set; }

    /// <summary>What the operation waits for; null for nothing.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>When the operation began, in UTC.</summary>
    public DateTime StartedAt { get; private set; }

    /// <summary>What has to be brought back before the account.</summary>
    public IReadOnlyList<RecoverableResource> Needs { get; set; } = [];

    /// <summary>What this command has brought back for it, as sentences; empty for nothing.</summary>
    public string BroughtBack { get; set; } = "";

    /// <summary>Whether the user has said yes to a question about this account.</summary>
    public bool WasConfirmed { get; set; }

    /// <summary>What an error of it is about.</summary>
    public object Target => (object?)Account ?? (object?)Live ?? input.Target;

    public string Name => Account?.Name ?? Live?.Name ?? $"{input.Target}";
    public string? ResourceGroupName => Account?.ResourceGroupName ?? Live?.ResourceGroupName;
    public string? Location => Account?.Location ?? Live?.Location;
    public bool IsRunning => Stage is WorkStage.Running or WorkStage.Sent or WorkStage.Accepted;

    /// <summary>Identifies the account within a command: the same name and group in another region, or deleted at
    /// another time, is another account.</summary>
    public string Key => Account is { } deleted
        ? $"{deleted.AccountId} {deleted.Location} {deleted.DeletionDate:o}"
        : Live!.ResourceId;

    public void Start() => (StartedAt, Stage) = (DateTime.UtcNow, WorkStage.Running);

    public void Sending() => (Stage, WaitsFor) = (WorkStage.Sent, null);

    public void Accepted() => (Stage, WaitsFor) = (WorkStage.Accepted, null);

    /// <summary>Goes on: what it waited for has ended.</summary>
    public void Resume() => WaitsFor = null;

    public void ResponseLost() => (wasLost, WaitsFor) = (true, "the response was lost; checking the outcome");

    public void Waiting(string reason)
    {
        // What is refused now may conflict with what was sent before.
        if (!wasLost && Stage == WorkStage.Sent) Stage = WorkStage.Running;
        WaitsFor = reason;
    }
}
