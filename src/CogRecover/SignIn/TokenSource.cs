using System.Net;
using System.Security;

namespace CogRecover.SignIn;

/// <summary>Gets tokens for the Resource Manager endpoint of one context from Az.Accounts.</summary>
/// <param name="warn">Gets the warnings of Az.Accounts.</param>
internal abstract class TokenSource(PSObject context, Action<string> warn)
{
    /// <exception cref="RecoveryException">None can be had
    /// (<see cref="RecoveryErrorId.AuthenticationFailed"/>).</exception>
    public ArmToken GetToken()
    {
        PSObject? token = AzContext.Run("Get-AzAccessToken", CreateShell(), context, warn, out ErrorRecord? error);

        // A plain string up to Az.Accounts 4, a SecureString from 5 on, unless AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN
        // is true. A request needs a string, and the engine keeps it as long as the command runs.
        string? value = token?.Properties["Token"]?.Value switch
        {
            SecureString secret => new NetworkCredential("", secret).Password,
            string plain => plain,
            _ => null,
        };
        if (value is not { Length: > 0 })
            throw SignInErrors.NoToken(error?.Exception.Message ?? "Get-AzAccessToken gave none.", error?.Exception);

        // A token that was handed in by hand has no date, and can't be renewed: ARM says when it has expired.
        DateTimeOffset expiresOn = token!.Properties["ExpiresOn"]?.Value switch
        {
            DateTimeOffset date when date.Year > 1 => date,
            DateTime date when date.Year > 1 => date,
            _ => DateTimeOffset.UtcNow.AddHours(1),
        };
        return new ArmToken(value, expiresOn);
    }

    private protected abstract PowerShell CreateShell();
}

/// <summary>Runs Az.Accounts in the session of the pipeline thread, on that thread only.</summary>
internal sealed class SessionTokenSource(PSObject context, Action<string> warn) : TokenSource(context, warn)
{
    private protected override PowerShell CreateShell() => PowerShell.Create(RunspaceMode.CurrentRunspace);
}

/// <summary>Runs Az.Accounts in a session of its own, on whatever thread: it keeps its sign-ins for the whole process.
/// To be made on a pipeline thread.</summary>
internal sealed class DetachedTokenSource(PSObject context, Action<string> warn) : TokenSource(context, warn)
{
    // It may be on no module path.
    private readonly string? module = FindModule();

    private protected override PowerShell CreateShell()
    {
        var session = InitialSessionState.CreateDefault2();
        if (module is not null) session.ImportPSModule([module]);
        return PowerShell.Create(session);
    }

    private static string? FindModule()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace)
            .AddCommand("Get-Module").AddParameter("Name", "Az.Accounts");
        return shell.Invoke<PSModuleInfo>().FirstOrDefault()?.Path;
    }
}
