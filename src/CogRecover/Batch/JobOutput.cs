using System.Management.Automation;
using CogRecover.Pipeline;

namespace CogRecover.Batch;

/// <summary>Takes what a command writes into the job of the account that it is about.</summary>
/// <param name="user">Where the command would write without a job.</param>
/// <param name="command">The command's class, which is part of the id of each of its errors.</param>
/// <param name="job">The job of the whole command.</param>
/// <param name="stopAtError">Stops the work at the first error; null where the others go on.</param>
internal sealed class JobOutput(ICommandOutput user, Type command, AccountJob job, Action? stopAtError)
    : ICommandOutput
{
    // It follows the work from thread to thread.
    private readonly AsyncLocal<AccountJob?> child = new();

    private AccountJob Current => child.Value ?? job;

    /// <summary>Begins the job of an account: what the work from here on writes is its.</summary>
    public AccountJob Begin(string account) => child.Value = job.Begin(account);

    public void WriteObject(object written) => Current.Output.Add(PSObject.AsPSObject(written));

    public void WriteError(ErrorRecord error)
    {
        // The first error ends everything where the user says so: the command, or the job that it has become.
        if (stopAtError is not null && !job.IsHandedOver) user.WriteError(error);
        Current.Error.Add(new ErrorRecord(
            error.Exception, $"{error.FullyQualifiedErrorId},{command.FullName}", error.CategoryInfo.Category,
            error.TargetObject)
        {
            ErrorDetails = error.ErrorDetails,
        });
        stopAtError?.Invoke();
    }

    public void WriteWarning(string text) => Current.Warning.Add(new WarningRecord(text));

    public void WriteVerbose(string text) => Current.Verbose.Add(new VerboseRecord(text));

    public void WriteDebug(string text) => Current.Debug.Add(new DebugRecord(text));

    public void WriteInformation(string text, bool isShown) =>
        Current.Information.Add(new InformationRecord(text, command.Name));

    public void WriteProgress(ProgressRecord progress)
    {
        // It comes five times a second, and each record stays.
        if (Current.StatusMessage != progress.StatusDescription) Current.Progress.Add(progress);
    }

    public void ThrowTerminatingError(ErrorRecord error)
    {
        if (!job.IsHandedOver) user.ThrowTerminatingError(error);
        WriteError(error);
        throw error.Exception;
    }
}
