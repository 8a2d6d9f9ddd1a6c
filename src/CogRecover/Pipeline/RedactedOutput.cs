namespace CogRecover.Pipeline;

/// <summary>Takes the caller's token out of every text on its way to a user, as a server may quote it, and what goes
/// without saying in the user's own subscription. Objects get the name of their subscription.</summary>
/// <param name="destination">Where a text goes then.</param>
/// <param name="recovery">The engine, which knows the tokens; null until it is made.</param>
internal sealed class RedactedOutput(Func<ICommandOutput> destination, Func<AccountRecovery?> recovery) : ICommandOutput
{
    public void WriteObject(object written)
    {
        recovery()?.AddSubscriptionName(written);
        destination().WriteObject(written);
    }

    public void WriteError(ErrorRecord error) => destination().WriteError(Redact(error));
    public void WriteWarning(string text) => destination().WriteWarning(Redact(text));
    public void WriteVerbose(string text) => destination().WriteVerbose(Redact(text));
    public void WriteDebug(string text) => destination().WriteDebug(Redact(text));
    public void WriteInformation(string text, bool isShown, string? tag) =>
        destination().WriteInformation(Redact(text), isShown, tag);

    public void WriteProgress(ProgressRecord progress)
    {
        progress.StatusDescription = Redact(progress.StatusDescription);
        destination().WriteProgress(progress);
    }

    public ErrorRecord Redact(ErrorRecord error)
    {
        recovery()?.AddSubscriptionName(error.TargetObject);
        return error.Exception is RecoveryException failure && recovery()?.Present(failure) is { } redacted
            && !ReferenceEquals(redacted, failure)
                ? ErrorRecords.From(redacted, error.TargetObject)
                : error;
    }

    private string Redact(string text) => recovery()?.Present(text) ?? text;
}
