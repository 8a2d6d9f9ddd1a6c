using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;

namespace CogRecover.SignIn;

/// <summary>
/// The Azure context that Az.Accounts keeps: whom the user signed in as, to which environment and subscription. To be
/// used on the pipeline thread, as it runs commands there, until it is detached from the session.
/// </summary>
internal sealed class AzContext
{
    private const string TokenCommand = @"Az.Accounts\Get-AzAccessToken";

    // Every token is for this context, even when the user changes the current one meanwhile.
    private readonly PSObject context;

    // Where Az.Accounts was imported from, once this works without the session: it may be on no module path.
    private string? module;

    private AzContext(PSObject context, Uri resourceManager)
    {
        this.context = context;
        ResourceManager = resourceManager;
        SubscriptionId = Text(Property(context, "Subscription"), "Id");
        TenantId = Text(Property(context, "Tenant"), "Id");
    }

    /// <summary>The Resource Manager endpoint of the context's environment.</summary>
    public Uri ResourceManager { get; }

    /// <summary>What tells it from other contexts: where it leads, and as whom.</summary>
    public string Key => $"{ResourceManager} {TenantId} {Text(Property(context, "Account"), "Id")}";

    /// <summary>The GUID of the context's subscription; null if it has none.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The GUID of the context's tenant; null if it has none.</summary>
    public string? TenantId { get; }

    /// <summary>Reads the context that a command is to run in.</summary>
    /// <param name="defaultProfile">What <c>-DefaultProfile</c> was given; null for the current context.</param>
    /// <exception cref="RecoveryException">There is none (<see cref="RecoveryErrorId.NotSignedIn"/>).</exception>
    public static AzContext Read(object? defaultProfile)
    {
        ErrorRecord? error = null;
        PSObject? context = defaultProfile is null
            ? Run(
                @"Az.Accounts\Get-AzContext", PowerShell.Create(RunspaceMode.CurrentRunspace), defaultProfile: null,
                out error)
            : ContextOf(PSObject.AsPSObject(defaultProfile));
        if (context is null || Property(context, "Account") is null)
            throw RecoveryErrors.NotSignedIn(
                $"Nobody is signed in to Azure in this session. {error?.Exception.Message}".TrimEnd());

        string? endpoint = Text(Property(context, "Environment"), "ResourceManagerUrl");
        return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? resourceManager)
            ? new(context, resourceManager)
            : throw RecoveryErrors.NotSignedIn(
                $"The Azure environment of this context has no Resource Manager endpoint ('{endpoint}').");
    }

    /// <summary>Makes <see cref="GetToken"/> work on other threads too, where no session is.</summary>
    public AzContext Detach()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace)
            .AddCommand("Get-Module").AddParameter("Name", "Az.Accounts");
        module = shell.Invoke<PSModuleInfo>().FirstOrDefault()?.Path;
        return this;
    }

    /// <summary>Gets a token for the Resource Manager endpoint.</summary>
    /// <exception cref="RecoveryException">
    /// None can be had (<see cref="RecoveryErrorId.AuthenticationFailed"/>).
    /// </exception>
    public ArmToken GetToken()
    {
        PSObject? token = Run(TokenCommand, OpenShell(), context, out ErrorRecord? error);

        // A plain string up to Az.Accounts 4, a SecureString from 5 on.
        string? value = token?.Properties["Token"]?.Value switch
        {
            SecureString secret => new NetworkCredential("", secret).Password,
            string plain => plain,
            _ => null,
        };
        if (value is not { Length: > 0 })
            throw RecoveryErrors.NoToken(error?.Exception.Message ?? "Get-AzAccessToken gave none.", error?.Exception);

        // A token that was handed in by hand has no date. It can't be renewed either: when it has expired, ARM says so.
        DateTimeOffset expiresOn = token!.Properties["ExpiresOn"]?.Value switch
        {
            DateTimeOffset date when date.Year > 1 => date,
            DateTime date when date.Year > 1 => date,
            _ => DateTimeOffset.UtcNow.AddHours(1),
        };
        return new ArmToken(value, expiresOn);
    }

    // Az.Accounts keeps what it knows for the whole process.
    private PowerShell OpenShell()
    {
        if (Runspace.DefaultRunspace is not null) return PowerShell.Create(RunspaceMode.CurrentRunspace);
        var session = InitialSessionState.CreateDefault2();
        if (module is not null) session.ImportPSModule([module]);
        return PowerShell.Create(session);
    }

    private static PSObject? Run(
        string command, PowerShell shell, PSObject? defaultProfile, out ErrorRecord? error)
    {
        using PowerShell used = shell;
        shell.AddCommand(command);
        if (defaultProfile is not null) shell.AddParameter("DefaultProfile", defaultProfile);
        try
        {
            PSObject? result = shell.Invoke().FirstOrDefault();
            error = shell.Streams.Error.FirstOrDefault();
            return result;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            error = e.ErrorRecord;
            return null;
        }
    }

    // Az has a profile with a default context, and another shape of it that Connect-AzAccount writes.
    private static PSObject ContextOf(PSObject given) =>
        Property(given, "DefaultContext") ?? Property(given, "Context") ?? given;

    private static PSObject? Property(PSObject? of, string name) =>
        of?.Properties[name]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    private static string? Text(PSObject? of, string name) => Property(of, name)?.ToString();
}
