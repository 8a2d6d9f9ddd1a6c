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
    private readonly Stopwatch watch = new();
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

    /// <summary>How long the operation has run, or took.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Whether a request of the operation was sent.</summary>
    public bool WasSent { get; private set; }

    /// <summary>Whether the same account was named in another way before.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Whether it was done already, or can't be done any more.</summary>
    public bool HadNothingToDo { get; set; }

    /// <summary>Whether it failed, and goes on at the service all the same.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Whether it failed, and may be done or under way all the same.</summary>
    public bool IsOutcomeUnknown { get; set; }

    /// <summary>What has to be brought back before the account.</summary>
    public IReadOnlyList<RecoverableResource> Needs { get; set; } = [];

    /// <summary>What this command has brought back for it, as sentences; empty for nothing.</summary>
    public string BroughtBack { get; set; } = "";

    /// <summary>Whether the user has said yes to a question about this account.</summary>
    public bool WasConfirmed { get; set; }

    /// <summary>What an error of it is about.</summary>
    public object Target => (object?)Account ?? (object?)Live ?? input.Target;

    public string? SubscriptionId => Account?.SubscriptionId ?? Live?.SubscriptionId;
    public string Name => Account?.Name ?? Live?.Name ?? input.Name;

    /// <summary>Whether the command works on the operation, or waits for it.</summary>
    public bool IsRunning => watch.IsRunning && Stage is WorkStage.Running or WorkStage.Sent or WorkStage.Accepted;

    /// <summary>Identifies the account within a command: the same name and group in another region, or deleted at
    /// another time, is another account.</summary>
    public string Key => Account is { } deleted
        ? $"{deleted.AccountId} {deleted.Location} {deleted.DeletionDate:o}"
        : Live!.ResourceId;

    /// <summary>What tells it apart from others of its name: its resource group, its location and, where those are the
    /// same, its subscription.</summary>
    /// <returns>Null where no other has its name, or where it is isn't known.</returns>
    public string[]? Apart(IEnumerable<AccountWork> all)
    {
        string[] place = Place, near = [.. place.Take(2)];
        AccountWork[] others = [.. all.Where(other =>
            other != this && other.Name.Equals(Name, StringComparison.OrdinalIgnoreCase))];
        if (others.Length == 0 || place.Length == 0) return null;
        bool isNear = Array.Exists(
            others, other => other.Place.Take(2).SequenceEqual(near, StringComparer.OrdinalIgnoreCase));
        return isNear ? place : near;
    }

    /// <summary>Runs the operation, and measures how long it takes.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> operate)
    {
        Stage = WorkStage.Running;
        watch.Start();
        try
        {
            return await operate();
        }
        finally
        {
            watch.Stop();
        }
    }

    /// <summary>Says that the account was named before: nothing is done a second time.</summary>
    public void WriteRepeated(AccountWork before)
    {
        IsRepeated = true;
        output.WriteVerbose($"Account '{before.Name}' was already given in another way.");
    }

    public void Sending() => (Stage, WaitsFor, WasSent) = (WorkStage.Sent, null, true);

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

    private string[] Place =>
        Account is { } deleted ? [deleted.ResourceGroupName, deleted.Location, deleted.SubscriptionId]
        : Live is { } live ? [live.ResourceGroupName, live.Location, live.SubscriptionId]
        : [];
}
