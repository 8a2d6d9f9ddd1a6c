using System.ComponentModel;
using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Pipeline;

namespace CogRecover.Commands;

/// <summary>
/// What restoring and purging share: the ways in, one operation an account as they arrive, and an outcome for each.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountOperationCommand : RecoveryCommand
{
    private protected const string NameSet = "Name";
    private const string AccountSet = "Account";
    private const string ResourceIdSet = "ResourceId";

    private readonly OperationProgress progress;

    // Look-ups overlap, and questions come in the order of the input all the same.
    private Task lastAsked = Task.CompletedTask;

    private protected AccountOperationCommand(string activity) => progress = new OperationProgress(activity);

    /// <summary>A soft-deleted account, as <c>Get-DeletedCognitiveAccount</c> writes it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNull]
    public DeletedCognitiveAccount? InputObject { get; set; }

    /// <summary>The names of accounts, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("AccountName")]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The resource group they were deleted from. It is looked up when it isn't given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>Their region, in any spelling. It is looked up when it isn't given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The id of their subscription, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>How long to wait for each operation. One that takes longer goes on at the service.</summary>
    [Parameter]
    [ValidateDuration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Starts an operation for each account of this input.</summary>
    protected sealed override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AccountSet:
                DeletedCognitiveAccount account = InputObject!;
                Start(account, _ => Task.FromResult(account));
                break;
            case ResourceIdSet:
                foreach (string id in ResourceId!) Start(id, Find(() => AccountReference.Parse(id)));
                break;
            default:
                string subscription = SubscriptionId ?? RequireContextSubscription();
                (string? group, string? location) = (ResourceGroupName, Location);
                foreach (string name in Name!)
                    Start(name, Find(() => AccountReference.Create(subscription, group, location, name)));
                break;
        }

        Pump.RunPending();
    }

    /// <summary>Waits for all operations.</summary>
    protected sealed override void EndProcessing()
    {
        base.EndProcessing();
        WriteProgress(progress.Completed());
    }

    /// <summary>Asks, or tells with <c>-WhatIf</c>, on the pipeline thread.</summary>
    private protected abstract bool Confirm(DeletedCognitiveAccount account);

    /// <summary>Does it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="accepted">To be called once the service has accepted the operation.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>What to write; null for nothing.</returns>
    private protected abstract Task<object?> OperateAsync(
        DeletedCognitiveAccount account, Action accepted, CancellationToken cancellationToken);

    /// <summary>The account in a sentence, for a question.</summary>
    private protected static string Describe(DeletedCognitiveAccount account) =>
        $"account '{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}'"
        + (account.DeletionDate is { } deleted ? $", deleted {deleted:yyyy-MM-dd HH:mm} UTC" : "");

    private protected sealed override void ShowProgress() => WriteProgress(progress.Report());

    private protected sealed override void OnStopped()
    {
        // The pipeline takes no more output then, but the user has to know what goes on without them.
        if (progress.Unsettled is { Count: > 0 } unsettled)
            Host?.UI?.WriteWarningLine(
                $"{MyInvocation.MyCommand.Name} was stopped. Azure had already accepted, and goes on with: "
                + string.Join(", ", unsettled.Select(account => $"'{account.Name}'")) + ".");
    }

    private Func<CancellationToken, Task<DeletedCognitiveAccount>> Find(Func<AccountReference> reference) =>
        cancellation => ThrottleAsync(() => Recovery.FindDeletedAsync(reference(), cancellation), cancellation);

    private void Start(object target, Func<CancellationToken, Task<DeletedCognitiveAccount>> find)
    {
        progress.Expect();
        Task turn = lastAsked;
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lastAsked = asked.Task;
        Pump.Start(cancellation => RunAsync(target, find, turn, asked, cancellation));
    }

    private async Task RunAsync(
        object target, Func<CancellationToken, Task<DeletedCognitiveAccount>> find, Task turn,
        TaskCompletionSource<bool> asked, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? account = null;
        try
        {
            account = await find(cancellationToken).ConfigureAwait(false);
            await turn.ConfigureAwait(false);
            bool confirmed = await Pump.InvokeAsync(() => Confirm(account)).ConfigureAwait(false);
            asked.SetResult(true);
            if (!confirmed)
            {
                progress.Skip();
                return;
            }

            object? result = await ThrottleAsync(
                () => OperateAsync(account, cancellationToken), cancellationToken).ConfigureAwait(false);
            await Pump.PostAsync(() => WriteOutcome(account, result)).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            progress.Fail(account);
            await WriteFailureAsync(failure, account ?? target).ConfigureAwait(false);
            if (account is not null) progress.Settle(account);
        }
        finally
        {
            asked.TrySetResult(true);
        }
    }

    private async Task<object?> OperateAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        progress.Start(account);
        object? result = await OperateAsync(account, () => progress.Accept(account), cancellationToken)
            .ConfigureAwait(false);
        progress.Succeed(account);
        return result;
    }

    private void WriteOutcome(DeletedCognitiveAccount account, object? result)
    {
        progress.Settle(account);
        if (result is not null) WriteObject(result);
    }
}
