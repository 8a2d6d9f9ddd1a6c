namespace CogRecover.Pipeline;

/// <summary>Asks the user, as <c>-Confirm</c>, <c>-WhatIf</c> and their preference variables say. To be used on the
/// pipeline thread as long as the command runs; afterwards nobody can be asked.</summary>
internal sealed class Confirmation
{
    private readonly ConfirmImpact preference = ConfirmImpact.High;
    private PSCmdlet? command;
    private bool yesToAll;
    private bool noToAll;

    public Confirmation(PSCmdlet command)
    {
        this.command = command;
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        IsWhatIf = LanguagePrimitives.IsTrue(
            bound.TryGetValue("WhatIf", out object? whatIf) ? whatIf : command.GetVariableValue("WhatIfPreference"));
        IsConfirmGiven = bound.TryGetValue("Confirm", out object? confirm);
        if (IsConfirmGiven) preference = LanguagePrimitives.IsTrue(confirm) ? ConfirmImpact.Low : ConfirmImpact.None;
        else if (command.GetVariableValue("ConfirmPreference") is { } variable)
            preference = LanguagePrimitives.ConvertTo<ConfirmImpact>(variable);
    }

    public bool IsWhatIf { get; }
    public bool IsConfirmGiven { get; }

    /// <summary>Whether the user is asked about what has this impact.</summary>
    public bool IsAsked(ConfirmImpact impact) => preference != ConfirmImpact.None && impact >= preference;

    /// <summary>Asks where that is wanted, or says what would be done.</summary>
    /// <returns>Whether to do it. Where nobody can be asked any more, only what needs no question is done.</returns>
    public bool ShouldProcess(string description, string question, string caption) => command is null
        ? !IsAsked(ConfirmImpact.Medium)
        : command.ShouldProcess(description, question, caption);

    /// <summary>Asks a question that Enter answers with no.</summary>
    public bool ShouldContinue(string question, string caption) =>
        command?.ShouldContinue(question, caption, hasSecurityImpact: true, ref yesToAll, ref noToAll) == true;

    /// <summary>Reports that the command waits for an operation that is under way already: there is nothing to ask.
    /// </summary>
    /// <returns>Whether it is: <c>-WhatIf</c> doesn't wait.</returns>
    public bool ShouldFollow(string account, string participle, ICommandOutput output)
    {
        string wait = $"Wait for account '{account}', which was being {participle} when it was last seen";
        if (IsWhatIf) return ShouldProcess(wait, wait, wait);
        output.WriteVerbose(wait + ".");
        return true;
    }

    /// <summary>The command has ended, and a job goes on.</summary>
    public void Detach() => command = null;
}
