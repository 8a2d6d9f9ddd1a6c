using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using CogRecover.Batch;
using CogRecover.Completion;
using CogRecover.Pipeline;

namespace CogRecover.Commands;

/// <summary>What commands share whose operations may go on as a job, once their questions are answered.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BackgroundCommand : AccountCommand
{
    private readonly List<Task> questions = [];
    private BackgroundOperations? job;

    private protected BackgroundCommand(string activity) => Progress = new OperationProgress(activity, () => Attempt);

    /// <summary>
    /// Runs the operations as a job, with a child for each account. Accounts are looked up, and questions asked, before
    /// it begins.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected OperationProgress Progress { get; }

    /// <summary>Waits for all operations, or leaves them to a job.</summary>
    protected sealed override void EndProcessing()
    {
        EndInput();
        if (job is not null) Pump.RunUntil(Task.WhenAll(questions));
        if (job is null || Pump.IsStopping || !job.Job.HasAccounts)
        {
            Finish();
            return;
        }

        JobRepository.Add(job.Job);
        ShowProgress();
        job.TakeOver(Finish, () => Unfinished);
        WriteObject(job.Job);
    }

    /// <summary>Starts the work on an account, and its job where there are jobs.</summary>
    /// <param name="account">What the job is called.</param>
    /// <param name="question">What has to be answered before it goes on as a job.</param>
    /// <param name="run">The work. It comes to whether the user wanted it.</param>
    private protected void Start(string account, Question question, Func<CancellationToken, Task<bool>> run)
    {
        if (AsJob) job ??= new BackgroundOperations(this, base.Destination, Pump);
        questions.Add(question.Answered);
        Pump.Start(async cancellation =>
        {
            AccountJob? child = job?.Begin(account);
            try
            {
                await TellJobAsync("Looking").ConfigureAwait(false);
                bool isWanted = await run(cancellation).ConfigureAwait(false);
                if (child is not null) await Pump.PostAsync(() => job!.End(child, isWanted)).ConfigureAwait(false);
            }
            finally
            {
                // What isn't wanted is taken back by then: where that is all, there is no job.
                question.End();
            }
        });
    }

    /// <summary>Says in the job of the account at hand how it goes, where there is one.</summary>
    private protected Task TellJobAsync(string status) => job is null
        ? Task.CompletedTask
        : Pump.PostAsync(() => Output.WriteProgress(Progress.Of(status)));

    private protected sealed override void ShowProgress() => Output.WriteProgress(Progress.Report(ThrottleStatus));

    private protected sealed override bool MayGoOn => AsJob;

    private protected sealed override bool GoesOn => job?.Job.IsHandedOver == true;

    private protected sealed override ICommandOutput Destination => job?.Output ?? base.Destination;

    private protected sealed override void OnStopped()
    {
        // The pipeline takes no more output then, but the user has to know what goes on without them.
        if (Unfinished is not { } said) return;
        Host?.UI?.WriteWarningLine(said);
        if (MyInvocation.BoundParameters.TryGetValue("WarningVariable", out object? name)
            && SessionState.PSVariable.GetValue($"{name}".TrimStart('+')) is IList caught)
            caught.Add(new WarningRecord(said));
    }

    /// <summary>What a stop of the command leaves; null for nothing.</summary>
    private string? Unfinished => Progress.Unfinished(isWatched: !GoesOn) is { } said
        ? $"{MyInvocation.MyCommand.Name} was stopped{said}"
        : null;

    private void Finish()
    {
        base.EndProcessing();
        RememberedAccounts.Forget(ContextKey);
        Output.WriteProgress(Progress.Completed());
        if (Progress.Summary is { } summary) Output.WriteVerbose(summary);
    }
}
