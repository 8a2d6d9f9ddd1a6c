namespace CogRecover.Batch;

/// <summary>What a batch and its action share: the command, what it works with, and how. To be made on the pipeline
/// thread.</summary>
internal sealed class BatchContext(PSCmdlet command, CommandSession session)
{
    public PSCmdlet Command => command;
    public string CommandName { get; } = command.MyInvocation.MyCommand.Name;
    public CommandSession Session => session;
    public Confirmation Confirmation { get; } = new(command);
    public AccountSearch Search { get; } = new(session.Recovery, command.MyInvocation.MyCommand.Name);

    /// <summary>The accounts so far, in the order of the input.</summary>
    public ConcurrentQueue<AccountWork> Works { get; } = new();

    /// <summary>How long to wait for the look-up of an account, and then for its operation.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether not to wait for the end of an operation that the service has accepted.</summary>
    public required bool NoWait { get; init; }

    /// <summary>Whether a job goes on with the work once all questions are answered.</summary>
    public required bool AsJob { get; init; }

    /// <summary>Waits for an operation's end, unless <see cref="NoWait"/>.</summary>
    public async Task<(T Result, bool HasEnded)> CompleteAsync<T>(
        OperationHandle<T> operation, CancellationToken cancellationToken)
    {
        T result = await (NoWait ? operation.PeekAsync(cancellationToken) : operation.WaitAsync(cancellationToken));
        return (result, operation.HasEnded);
    }

    /// <summary>Writes what is about an account, on the pipeline thread.</summary>
    public Task WriteAsync(AccountWork work, Action<ICommandOutput> write) =>
        session.Pump.PostAsync(() => write(work.Output));

    /// <summary>Warns as ever, from within a command that is about to end early.</summary>
    /// <returns>False where the pipeline doesn't take it any more.</returns>
    public bool TryWarn(string warning)
    {
        try
        {
            if (Warning != ActionPreference.Ignore) session.Output.WriteWarning(warning);
            return true;
        }
        catch (Exception)
        {
            // What has ended the command counts, and not that this can't be said.
            return false;
        }
    }

    /// <summary>Warns where a stopped pipeline takes no output: on the host, in the streams of whoever hosts
    /// PowerShell, and in the variable of <c>-WarningVariable</c>.</summary>
    public void WarnAfterStop(string warning)
    {
        if (Warning == ActionPreference.Ignore) return;
        if (command.MyInvocation.BoundParameters.TryGetValue("WarningVariable", out object? name)
            && command.SessionState.PSVariable.GetValue($"{name}".TrimStart('+')) is IList caught)
            caught.Add(new WarningRecord(warning));
        if (Warning == ActionPreference.SilentlyContinue) return;
        try
        {
            // A pipeline within the one that is stopped still writes.
            using var within = PowerShell.Create(RunspaceMode.CurrentRunspace);
            within.AddScript("[CmdletBinding()] param($Text) $PSCmdlet.WriteWarning($Text)", useLocalScope: true)
                .AddParameter("Text", warning).AddParameter("WarningAction", ActionPreference.Continue).Invoke();
        }
        catch (Exception)
        {
            // The runspace is closing, or its language is restricted.
            command.Host?.UI?.WriteWarningLine(warning);
        }
    }

    private ActionPreference Warning => PipelineOutput.Preference(command, "Warning");
}
