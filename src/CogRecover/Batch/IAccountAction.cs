namespace CogRecover.Batch;

/// <summary>What a command does to one account, step by step.</summary>
/// <typeparam name="T">What the operation comes to.</typeparam>
internal interface IAccountAction<T>
{
    /// <summary>The heading of the progress bar: <c>Restoring accounts</c>.</summary>
    string Activity { get; }

    /// <summary>What has been done to an account: <c>restored</c>.</summary>
    string Participle { get; }

    /// <summary>What a stop leaves besides the accounts: done, or going on at the service. A sentence each.</summary>
    IEnumerable<string> Unfinished { get; }

    /// <summary>Whether the user is prompted, or <c>-WhatIf</c> is on. Accounts then follow the order of the
    /// input.</summary>
    bool Asks { get; }

    /// <summary>Looks for an account that isn't soft-deleted: the operation may be done or under way.</summary>
    /// <returns>Whether it is. The work goes on if <see cref="AccountWork.Live"/> is set, and is finished
    /// otherwise.</returns>
    /// <exception cref="RecoveryException">It isn't. The failure says what the user needs to know.</exception>
    Task<bool> IsDoneAlreadyAsync(AccountWork work, CancellationToken cancellationToken);

    /// <summary>Checks, without writing, whether the operation can succeed.</summary>
    /// <returns>Whether there is something left to do.</returns>
    /// <exception cref="RecoveryException">It can't work.</exception>
    Task<bool> LookAsync(AccountWork work, CancellationToken cancellationToken);

    /// <summary>Asks, or tells with <c>-WhatIf</c>, on the pipeline thread.</summary>
    /// <returns>Whether to do it.</returns>
    /// <exception cref="RecoveryException">Another account of this command is in the way.</exception>
    bool Ask(AccountWork work);

    /// <summary>Starts the operation, or follows one that is under way, and waits for its end unless
    /// <c>-NoWait</c>.</summary>
    /// <exception cref="RecoveryException">It failed, or that isn't known.</exception>
    Task<(T Result, bool HasEnded)> OperateAsync(AccountWork work, CancellationToken cancellationToken);

    /// <summary>Says what the operation came to, or has come to so far where nobody waited for its end.</summary>
    /// <returns>The object to write; null for none.</returns>
    Task<object?> ReportAsync(AccountWork work, T result, bool hasEnded, CancellationToken cancellationToken);
}
