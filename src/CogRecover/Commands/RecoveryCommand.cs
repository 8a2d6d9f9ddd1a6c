namespace CogRecover.Commands;

/// <summary>What every command of the module shares: the sign-in, the engine, and the pump between the two.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecoveryCommand : PSCmdlet, IDisposable
{
    /// <summary>Where <c>Get-Help -Online</c> leads, and the first related link of each command's help.</summary>
    private protected const string OnlineHelp = "https://github.com/cogrecover/cogrecover#what-people-do-with-it";

    private CommandSession? session;
    private bool hasBlank;
    private bool isNamed;

    /// <summary>The Azure context or profile to work in, as <c>Get-AzContext</c> or <c>Connect-AzAccount</c> give it,
    /// instead of the current one.</summary>
    [Parameter]
    [Alias("AzContext", "AzureRmContext", "AzureCredential")]
    [ValidateNotNull]
    public PSObject? DefaultProfile { get; set; }

    /// <summary>The api-version of the requests to Microsoft.CognitiveServices.</summary>
    [Parameter]
    [ValidatePattern(@"^\d{4}-\d{2}-\d{2}(-[a-z]+)?\z")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string ApiVersion { get; set; } = AccountId.DefaultApiVersion;

    /// <summary>How many subscriptions or accounts are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>The parameters on the command line. The others are bound from the pipeline.</summary>
    private protected HashSet<string> Typed { get; private set; } = [];

    private protected CommandSession Session => session!;
    private protected AccountRecovery Recovery => Session.Recovery;
    private protected PipelinePump Pump => Session.Pump;
    private protected ICommandOutput Output => Session.Output;

    /// <summary>How long a request waits where the service throttles, before it fails for it.</summary>
    private protected virtual TimeSpan LongestThrottling => TimeSpan.FromMinutes(30);

    /// <summary>Whether the work may go on as a job without the pipeline.</summary>
    private protected virtual bool OutlivesPipeline => false;

    /// <summary>Reads the Azure context and gets a token, without a request of its own.</summary>
    protected sealed override void BeginProcessing()
    {
        Typed = [.. MyInvocation.BoundParameters.Keys];

        // A lambda: the engine is loaded there too, and not by the pipeline thread, which signs in meanwhile.
        _ = Task.Run(() => WarmUp.Start());
        var pipeline = new PipelineOutput(this);
        session = new CommandSession(pipeline, ThrottleLimit);
        session.Connect(
            DefaultProfile, ApiVersion, OutlivesPipeline, LongestThrottling, pipeline.IsOn("Verbose"),
            pipeline.IsOn("Debug"));
    }

    /// <summary>Waits for the work that was started, and writes what it comes to.</summary>
    protected override void EndProcessing() => Pump.RunToEnd();

    /// <summary>Stops the work. What the service has accepted goes on there.</summary>
    protected sealed override void StopProcessing() => session?.Pump.Cancel();

    /// <summary>Stops the work and waits for its end, whichever way the pipeline ended.</summary>
    public void Dispose()
    {
        if (session is null) return;
        session.Pump.Dispose();
        OnStopped();
        session = null;
    }

    /// <summary>Called when all work has ended or stopped. The pipeline may be gone by then.</summary>
    private protected virtual void OnStopped() { }

    /// <summary>Leaves the work to a job: the end of the command doesn't stop it any more.</summary>
    private protected Job HandOver(Job job)
    {
        session = null;
        return job;
    }

    /// <summary>The subscription to work in where the user gave none.</summary>
    /// <exception cref="PipelineStoppedException">The context has none: a terminating error.</exception>
    private protected string RequireContextSubscription() => Session.Terminating(() => Session.Context.SubscriptionId
        ?? throw SignInErrors.NoSubscription());

    /// <summary>Writes what is wrong with an input.</summary>
    /// <returns>True if nothing is, and the input names something.</returns>
    /// <exception cref="PipelineStoppedException">A parameter on the command line is blank.</exception>
    private protected bool Accept(InputRow row)
    {
        if (Typed.Contains("Row") && MyInvocation.ExpectingInput)
            Session.ThrowTerminatingError(
                ErrorRecords.From(InputErrors.RowBesideInput(), MyInvocation.MyCommand.Name));

        // What happened before this row is shown before it.
        Pump.RunPending();
        if (row.Kind == InputKind.Blank)
        {
            hasBlank = true;
            Output.WriteVerbose("A blank name was ignored.");
            return false;
        }

        if (row.Failure is not { } failure) return isNamed = true;
        var error = ErrorRecords.From(
            failure, row.Kind == InputKind.UnreadableDate ? row.FirstName : MyInvocation.MyCommand.Name);
        if (row.Kind == InputKind.BlankParameter) Session.ThrowTerminatingError(error);
        Output.WriteError(error);
        return false;
    }

    /// <summary>Writes an error at the end of the input if all of it was blank.</summary>
    private protected void EndInput()
    {
        Pump.RunPending();
        if (hasBlank && !isNamed) WriteFailure(InputErrors.NothingNamed(), MyInvocation.MyCommand.Name);
    }

    private protected Task WriteFailureAsync(RecoveryException failure, object? target) =>
        Pump.PostAsync(() => WriteFailure(failure, target));

    private protected void WriteFailure(RecoveryException failure, object? target) =>
        Output.WriteError(ErrorRecords.From(failure, target));
}
