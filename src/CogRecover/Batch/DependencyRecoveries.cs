namespace CogRecover.Batch;

/// <summary>Brings back what the accounts of a command need: each resource is asked about once and brought back once,
/// for all accounts that need it.</summary>
internal sealed class DependencyRecoveries(BatchContext context)
{
    private const string Caption = "Bring back what an account needs";

    // What the user was asked about, by resource id. Accounts in two regions may need one group.
    private readonly ConcurrentDictionary<string, (bool IsWanted, RecoverableResource Resource)> answers =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Recovery>> recoveries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was brought back, or the service goes on with, or may go on with, after a stop: a sentence each.
    /// </summary>
    public IEnumerable<string> Unfinished => recoveries.Values.Where(recovery => recovery.IsValueCreated)
        .Select(recovery => recovery.Value.Unfinished).OfType<string>();

    /// <summary>Asks about each resource that nobody was asked about before, or tells with <c>-WhatIf</c>, on the
    /// pipeline thread.</summary>
    /// <returns>Whether to bring all of them back.</returns>
    public bool Ask(IReadOnlyList<RecoverableResource> needed) => InOrder(needed).All(resource =>
    {
        if (answers.TryGetValue(resource.Key, out (bool IsWanted, RecoverableResource) answer)) return answer.IsWanted;
        string plan = resource.Plan(context.Session.Context.SubscriptionId);
        bool isWanted = context.Confirmation.ShouldProcess(plan, plan + "?", Caption)
            || context.Confirmation.IsWhatIf;
        answers[resource.Key] = (isWanted, resource);
        return isWanted;
    });

    /// <summary>Brings back what an account needs, side by side, each after its group.</summary>
    /// <param name="isAgain">Whether what was brought back, or has failed, before is tried again.</param>
    /// <returns>When the last one ended, in UTC, if the deletion of one had to end first; else null.</returns>
    /// <exception cref="RecoveryException">One couldn't be brought back. The others have ended by then.</exception>
    public async Task<DateTime?> RecoverAsync(AccountWork work, bool isAgain, CancellationToken cancellationToken)
    {
        Recovery[] all = [.. InOrder(work.Needs)
            .Select(resource => Start(work, resource, isAgain, cancellationToken))];
        RecoveryException? failure = null;
        foreach (Recovery recovery in all)
        {
            recovery.Watch(work);
            try
            {
                if (await recovery.Task)
                    work.BroughtBack += $"{recovery.Resource.Sentence} was {recovery.Resource.Participle}. ";
            }
            catch (RecoveryException e)
            {
                failure ??= e;
            }
        }

        if (failure is not null) throw RestoreErrors.NotBroughtBack(work.Name, failure, lives: work.Live is not null);
        return all.Any(recovery => recovery.HasWaited) ? all.Max(recovery => recovery.EndedAt) : null;
    }

    private Recovery Start(
        AccountWork work, RecoverableResource resource, bool isAgain, CancellationToken cancellationToken)
    {
        var started = new Lazy<Recovery>(() =>
        {
            var recovery = new Recovery(answers[resource.Key].Resource);
            recovery.Accounts.Enqueue(work);
            Recovery? group = resource.Group is null ? null : Start(work, resource.Group, isAgain, cancellationToken);
            recovery.Task = RunAsync(recovery, group, work, cancellationToken);
            return recovery;
        });
        Recovery running = recoveries.AddOrUpdate(resource.Key, started, (_, before) =>
            isAgain && before is { IsValueCreated: true, Value.Task.IsCompleted: true } ? started : before).Value;
        running.Accounts.Enqueue(work);
        return running;
    }

    private async Task<bool> RunAsync(
        Recovery recovery, Recovery? group, AccountWork work, CancellationToken cancellationToken)
    {
        if (group is not null) await group.Task;
        bool isDone = group?.IsUnwanted != true && await context.Session.Recovery.Operations.RecoverAsync(
            recovery.Resource, context.Timeout, recovery, limit => IsWantedAsync(recovery, limit), cancellationToken);
        recovery.EndedAt = DateTime.UtcNow;
        if (isDone)
            await context.WriteAsync(work, output =>
                output.WriteInformation(
                recovery.Resource.Report(context.Session.Context.SubscriptionId), isShown: false));
        return isDone;
    }

    /// <summary>Whether one of the accounts that need a resource is still there, after the wait for its deletion.
    /// </summary>
    private async Task<bool> IsWantedAsync(Recovery recovery, CancellationToken cancellationToken)
    {
        DateTime since = DateTime.UtcNow;
        recovery.HasWaited = true;
        foreach (AccountWork work in recovery.Accounts)
        {
            try
            {
                if (work.Live is null)
                    await context.Session.Recovery.Prerequisites.RequireDeletedAsync(
                        work.Account!, since, cancellationToken);
                return true;
            }
            catch (RecoveryException)
            {
                // It was purged meanwhile, and says so itself.
            }
        }

        recovery.IsUnwanted = true;
        return false;
    }

    // The order that works: groups, then what is in them.
    private static IEnumerable<RecoverableResource> InOrder(IReadOnlyList<RecoverableResource> needed) =>
        needed.Concat(needed.Select(resource => resource.Group).OfType<RecoverableResource>())
            .GroupBy(resource => resource.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.First())
            .OrderBy(resource => !resource.IsGroup);

    /// <summary>A resource that is brought back, and the accounts that wait for it.</summary>
    private sealed class Recovery(RecoverableResource resource) : IOperationObserver
    {
        private volatile bool isSent;
        private volatile bool isAccepted;
        private volatile string status = $"{resource.Description} is being {resource.Participle}";

        public RecoverableResource Resource => resource;

        /// <summary>The accounts that need it.</summary>
        public ConcurrentQueue<AccountWork> Accounts { get; } = new();

        /// <summary>Whether its deletion had to end first.</summary>
        public bool HasWaited { get; set; }

        /// <summary>Whether nobody needed it any more by then.</summary>
        public bool IsUnwanted { get; set; }

        /// <summary>When it ended, in UTC.</summary>
        public DateTime EndedAt { get; set; }

        /// <summary>Whether this command, and not somebody else, has brought it back.</summary>
        public Task<bool> Task { get; set; } = null!;

        /// <summary>What is to be said of it after a stop; null for nothing.</summary>
        public string? Unfinished => Task.Status == TaskStatus.RanToCompletion && Task.Result
            ? $"{resource.Sentence} was {resource.Participle}."
            : Task.Status is TaskStatus.RanToCompletion or TaskStatus.Faulted ? null
            : isAccepted ? $"Azure goes on bringing back {resource.Description}."
            : isSent ? $"It isn't known whether Azure has accepted the request to bring back {resource.Description}."
            : null;

        public void Watch(AccountWork work)
        {
            if (!Task.IsCompleted) work.Waiting(status);
        }

        public void Sending()
        {
            isSent = true;
            Show($"{resource.Description} is being {resource.Participle}");
        }

        public void Accepted() => isAccepted = true;

        public void ResponseLost() => Show($"the response for {resource.Description} was lost; checking the outcome");

        public void Waiting(string reason)
        {
            // It was refused for the moment.
            isSent = false;
            Show(reason);
        }

        private void Show(string news)
        {
            status = news;
            if (Task is { IsCompleted: true }) return;
            foreach (AccountWork work in Accounts) work.Waiting(news);
        }
    }
}
