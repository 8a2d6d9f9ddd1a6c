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

    /// <summary>Warns where a stopped pipeline takes no output: on the host, and in the variable of
    /// <c>-WarningVariable</c>.</summary>
    public void WarnOnHost(string warning)
    {
        command.Host?.UI?.WriteWarningLine(warning);
        if (command.MyInvocation.BoundParameters.TryGetValue("WarningVariable", out object? name)
            && command.SessionState.PSVariable.GetValue($"{name}".TrimStart('+')) is IList caught)
            caught.Add(new WarningRecord(warning));
    }
}
