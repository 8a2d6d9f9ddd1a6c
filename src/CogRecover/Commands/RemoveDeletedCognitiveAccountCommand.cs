namespace CogRecover.Commands;

/// <summary>Purges soft-deleted Azure Cognitive Services accounts for good, which frees their names, subdomains and
/// quota. This can't be undone.</summary>
[Cmdlet(VerbsCommon.Remove, "DeletedCognitiveAccount", DefaultParameterSetName = NameSet,
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = OnlineHelp)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class RemoveDeletedCognitiveAccountCommand : AccountCommand
{
    private AccountBatch<PurgeOutcome>? batch;

    /// <summary>Doesn't ask. <c>-WhatIf</c> still purges nothing, and <c>-Confirm</c> still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each account that was purged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc cref="RestoreCognitiveAccountCommand.Timeout"/>
    [Parameter]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc cref="RestoreCognitiveAccountCommand.NoWait"/>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc cref="RestoreCognitiveAccountCommand.AsJob"/>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override TimeSpan LongestThrottling => Timeout;
    private protected override bool OutlivesPipeline => AsJob;

    /// <summary>Waits for all operations, or leaves them to a job.</summary>
    protected override void EndProcessing()
    {
        EndInput();
        if (batch?.Finish() is { } job) WriteObject(HandOver(job));
    }

    private protected override void Process(AccountInput input)
    {
        if (batch is null)
        {
            var context = new BatchContext(this, Session) { Timeout = Timeout, NoWait = NoWait, AsJob = AsJob };
            batch = new(context, new PurgeAction(context, Force, PassThru));
        }

        batch.Add(input);
    }

    private protected override void OnStopped() => batch?.ShowUnfinished();
}
