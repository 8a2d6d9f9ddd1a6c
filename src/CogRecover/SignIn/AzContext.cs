namespace CogRecover.SignIn;

/// <summary>The Azure context that Az.Accounts keeps: whom the user signed in as, to which environment and
/// subscription. To be read on the pipeline thread.</summary>
internal sealed class AzContext
{
    // Every token is for this context, even when the user changes the current one meanwhile.
    private readonly PSObject context;

    private AzContext(PSObject context, Uri resourceManager)
    {
        this.context = context;
        ResourceManager = resourceManager;
        SubscriptionId = Text(Property(context, "Subscription"), "Id");
        SubscriptionName = Text(Property(context, "Subscription"), "Name");
        TenantId = Text(Property(context, "Tenant"), "Id");
    }

    /// <summary>The Resource Manager endpoint of the context's environment.</summary>
    public Uri ResourceManager { get; }

    /// <summary>Identifies the context: the endpoint, the tenant and the account.</summary>
    public string Key => $"{ResourceManager} {TenantId} {Text(Property(context, "Account"), "Id")}";

    /// <summary>The GUID of the context's subscription; null if it has none.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The name of the context's subscription; null if it has none.</summary>
    public string? SubscriptionName { get; }

    /// <summary>The GUID of the context's tenant; null if it has none.</summary>
    public string? TenantId { get; }

    /// <summary>Reads the context that a command is to run in.</summary>
    /// <param name="defaultProfile">What <c>-DefaultProfile</c> was given; null for the current context.</param>
    /// <param name="warn">Gets the warnings of Az.Accounts.</param>
    /// <exception cref="RecoveryException">There is none (<see cref="RecoveryErrorId.NotSignedIn"/>).</exception>
    public static AzContext Read(object? defaultProfile, Action<string> warn)
    {
        ErrorRecord? error = null;
        PSObject? context = defaultProfile is null
            ? Run("Get-AzContext", PowerShell.Create(RunspaceMode.CurrentRunspace), null, warn, out error)
            : ContextOf(PSObject.AsPSObject(defaultProfile));
        if (context is null || Property(context, "Account") is null)
            throw SignInErrors.NotSignedIn(
                $"Nobody is signed in to Azure in this session. {error?.Exception.Message}".TrimEnd());
        string? endpoint = Text(Property(context, "Environment"), "ResourceManagerUrl");
        return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? resourceManager)
            ? new(context, resourceManager)
            : throw SignInErrors.NotSignedIn(
                $"The Azure environment of this context has no Resource Manager endpoint ('{endpoint}').");
    }

    /// <summary>Gets tokens on the pipeline thread.</summary>
    /// <param name="warn">Gets the warnings of Az.Accounts, on that thread.</param>
    public TokenSource SessionTokens(Action<string> warn) => new SessionTokenSource(context, warn);

    /// <summary>Gets tokens on other threads, also after the session has ended.</summary>
    /// <param name="warn">Gets the warnings of Az.Accounts, on whatever thread.</param>
    public TokenSource DetachedTokens(Action<string> warn) => new DetachedTokenSource(context, warn);

    /// <summary>Runs a command of Az.Accounts, and disposes the shell.</summary>
    /// <param name="warn">Gets its warnings, except those that name it: the user doesn't run it, and can't change how
    /// it is run. Az.Accounts 3 and 4 warn that the type of a token is to change.</param>
    internal static PSObject? Run(
        string command, PowerShell shell, PSObject? defaultProfile, Action<string> warn, out ErrorRecord? error)
    {
        using PowerShell used = shell;
        var output = new List<PSObject?>();

        // Whatever $WarningPreference says: it is about the warnings that remain.
        shell.AddCommand($@"Az.Accounts\{command}").AddParameter("WarningAction", ActionPreference.Continue);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Warning, PipelineResultTypes.Output);
        if (defaultProfile is not null) shell.AddParameter("DefaultProfile", defaultProfile);
        try
        {
            shell.Invoke(null, output);
            error = shell.Streams.Error.FirstOrDefault();
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            error = e.ErrorRecord;
        }

        foreach (WarningRecord warning in output.Select(written => written?.BaseObject).OfType<WarningRecord>())
            if (!warning.Message.Contains(command)) warn(warning.Message);
        return output.Find(written => written?.BaseObject is not WarningRecord);
    }

    // Az has a profile with a default context, and another shape of it that Connect-AzAccount writes.
    private static PSObject ContextOf(PSObject given) =>
        Property(given, "DefaultContext") ?? Property(given, "Context") ?? given;

    private static PSObject? Property(PSObject? of, string name) =>
        of?.Properties[name]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    private static string? Text(PSObject? of, string name) => Property(of, name)?.ToString();
}
