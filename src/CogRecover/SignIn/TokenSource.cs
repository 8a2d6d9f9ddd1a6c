using System.Net;
using System.Security;

namespace CogRecover.SignIn;

/// <summary>Gets tokens for the Resource Manager endpoint of one context from Az.Accounts.</summary>
internal abstract class TokenSource(PSObject context)
{
    /// <exception cref="RecoveryException">None can be had
    /// (<see cref="RecoveryErrorId.AuthenticationFailed"/>).</exception>
    public ArmToken GetToken()
    {
        PSObject? token = AzContext.Run(
            @"Az.Accounts\Get-AzAccessToken", CreateShell(), context, out ErrorRecord? error);

        // A plain string up to Az.Accounts 4, a SecureString from 5 on.
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
internal sealed class SessionTokenSource(PSObject context) : TokenSource(context)
{
    private protected override PowerShell CreateShell() => PowerShell.Create(RunspaceMode.CurrentRunspace);
}

/// <summary>Runs Az.Accounts in a session of its own, on whatever thread: it keeps its sign-ins for the whole process.
/// To be made on a pipeline thread.</summary>
internal sealed class DetachedTokenSource(PSObject context) : TokenSource(context)
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
