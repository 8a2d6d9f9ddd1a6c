namespace CogRecover.Commands;

/// <summary>Restores soft-deleted Azure Cognitive Services accounts with their keys, endpoints, deployments and
/// identities, and writes the live accounts.</summary>
[Cmdlet(VerbsData.Restore, "CognitiveAccount", DefaultParameterSetName = NameSet, SupportsShouldProcess = true,
    HelpUri = OnlineHelp)]
[OutputType(typeof(CognitiveAccount))]
public sealed class RestoreCognitiveAccountCommand : AccountCommand
{
    private AccountBatch<RestoreOutcome>? batch;

    /// <summary>Creates an account's resource group, in the account's location, where it is gone. A group can't be
    /// created for an account that is in no region (<c>global</c>).</summary>
    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    /// <summary>Brings back first what an account needs and what is gone: resource groups are created, key vaults and
    /// storage accounts recovered, each once for all accounts.</summary>
    [Parameter]
    public SwitchParameter RestoreDependency { get; set; }

    /// <summary>Tags for the resource groups that are created, such as those that an Azure Policy asks for. They win
    /// over tags of the same name that a group had.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ResourceGroupTag { get; set; }

    /// <summary>Restores without a check of what the account needs.</summary>
    [Parameter]
    public SwitchParameter SkipPrerequisiteCheck { get; set; }

    /// <summary>How long to wait for each operation. One that takes longer goes on at the service.</summary>
    [Parameter]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Sends the request and doesn't wait for its end: writes the account with the state of its operation.
    /// Piped into the same command again, it is waited for.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Runs the operations as a job, with a child for each account. Accounts are looked up, and questions
    /// asked, before it begins.</summary>
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
            batch = new(context, new RestoreAction(
                context, new(CreateResourceGroup, RestoreDependency), SkipPrerequisiteCheck,
                Session.Terminating(ReadGroupTags)));
        }

        batch.Add(input);
    }

    private protected override void OnStopped() => batch?.ShowUnfinished();

    private IReadOnlyDictionary<string, string> ReadGroupTags() =>
        ResourceGroupTag is null || CreateResourceGroup || RestoreDependency
            ? TagInput.Read(ResourceGroupTag, nameof(ResourceGroupTag))
            : throw InputErrors.NothingToTag(nameof(ResourceGroupTag));
}
