using CogRecover.Core.Arm;

namespace CogRecover.SignIn;

/// <summary>What a command works with: the engine for its Azure context, the pump to its pipeline thread, and its
/// output. A job that goes on with the work takes it over.</summary>
internal sealed class CommandSession
{
    private readonly ConcurrentDictionary<(string? SubscriptionId, string Kind), ThrottleNotice> throttling = new();
    private readonly PipelineOutput pipeline;
    private readonly RedactedOutput output;
    private ICommandOutput destination;
    private AccountRecovery? recovery;

    // The target of an error that comes before any account: the context, or its endpoint once that is known.
    private object target = "Az.Accounts context";

    /// <param name="throttleLimit">How many accounts or subscriptions are worked on at once.</param>
    public CommandSession(PipelineOutput pipeline, int throttleLimit)
    {
        destination = this.pipeline = pipeline;
        output = new RedactedOutput(() => destination, () => recovery);
        Limit = new ConcurrencyLimit(throttleLimit);
    }

    public PipelinePump Pump { get; } = new();
    public ConcurrencyLimit Limit { get; }

    /// <summary>Where the command writes, without the caller's token.</summary>
    public ICommandOutput Output => output;

    public AccountRecovery Recovery => recovery!;
    public AzContext Context { get; private set; } = null!;

    /// <summary>The longest wait that throttling causes now, for a progress bar; null for none.</summary>
    public string? ThrottleStatus => throttling.Values.Where(notice => notice.Until > DateTime.UtcNow)
        .OrderByDescending(notice => notice.Until).FirstOrDefault()?.ToString();

    /// <summary>Reads the context and gets the first token, without a request of its own.</summary>
    /// <exception cref="PipelineStoppedException">That failed: a terminating error.</exception>
    public void Connect(
        object? defaultProfile, string apiVersion, bool outlivesPipeline, TimeSpan longestThrottling, bool isVerbose,
        bool isDebug) => Terminating(() =>
        {
            Context = AzContext.Read(defaultProfile, Output.WriteWarning);
            target = Context.ResourceManager;
            TokenSource tokens = Context.SessionTokens(Output.WriteWarning);
            TokenSource later = outlivesPipeline
                ? Context.DetachedTokens(text => Pump.Post(() => Output.WriteWarning(text)))
                : tokens;

            // The first token is fetched now: later the pipeline thread may be busy upstream.
            ArmToken? first = null;
            var connection = new ArmConnection(Context.ResourceManager, async cancellation =>
                Interlocked.Exchange(ref first, null)
                ?? await (outlivesPipeline
                    ? Task.Run(later.GetToken).WaitForAsync(cancellation)
                    : Pump.InvokeAsync(() => Terminating(later.GetToken))))
            {
                ApiVersion = apiVersion,
                SubscriptionId = Context.SubscriptionId,
                SubscriptionName = Context.SubscriptionName,
                TenantId = Context.TenantId,
                SignIn = Context.Key,
                Session = ArmSession.Shared,
                LongestThrottling = longestThrottling,
                Throttled = Note,
                Requested = isVerbose || isDebug ? Note : null,
                RequestsInDetail = isDebug,
            };
            first = tokens.GetToken();
            return recovery = new AccountRecovery(connection, Pump.Stopping);
        });

    /// <summary>Takes the caller's token out of what is written there.</summary>
    public ICommandOutput Redact(ICommandOutput unredacted) => new RedactedOutput(() => unredacted, () => recovery);

    /// <summary>Writes to a job from now on.</summary>
    public void Redirect(ICommandOutput job) => destination = job;

    /// <summary>Ends the command with an error that every later account would have too.</summary>
    public void ThrowTerminatingError(ErrorRecord error) => pipeline.ThrowTerminatingError(output.Redact(error));

    /// <summary>Runs a function whose failure ends the command, as every later account would fail too.</summary>
    public T Terminating<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (RecoveryException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, target));
            throw;
        }
    }

    private void Note(ThrottleNotice notice)
    {
        throttling[(notice.SubscriptionId, notice.Kind)] = notice;
        string waits = notice.PerSecond is null ? " All such requests wait until then." : "";
        Pump.Post(() => Output.WriteVerbose($"{notice}.{waits}"));
    }

    private void Note(RequestNotice notice) => Pump.Post(() =>
    {
        Output.WriteVerbose($"{notice}");
        if (notice.Details is { } details) Output.WriteDebug(details);
    });
}
