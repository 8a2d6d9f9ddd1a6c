namespace CogRecover.Core.Errors;

/// <summary>A response or an endpoint can't be read or trusted.</summary>
internal static class ServiceErrors
{
    public static RecoveryException InvalidResponse(string reason, Exception? cause = null) => new(
        RecoveryErrorId.InvalidServiceResponse,
        $"Azure Resource Manager's answer can't be read: {reason}.",
        "Run the command again. If the error stays, check the account with Get-DeletedCognitiveAccount and "
        + "Get-AzCognitiveServicesAccount, and check whether a proxy answers in Azure's place.",
        cause);

    public static RecoveryException InsecureEndpoint(Uri endpoint) => new(RecoveryErrorId.InsecureEndpoint,
        $"The Resource Manager endpoint '{endpoint}' isn't https. A token is sent over http only to this machine.",
        "Run Get-AzEnvironment to see the endpoints, then sign in to one that has https: "
        + "Connect-AzAccount -Environment <name>");

    public static RecoveryException UntrustedHost(string address, Uri endpoint) => new(RecoveryErrorId.UntrustedHost,
        $"A response points to '{address}', which isn't the Resource Manager of this context ({endpoint.Authority}). "
        + "Nothing was sent there.",
        "Check that no proxy changes the responses of Azure Resource Manager, then check the account with "
        + "Get-DeletedCognitiveAccount.");

    public static RecoveryException ClaimsChallenge(string claims, string? tenantId, ArmError error) => error.Fail(
        RecoveryErrorId.ClaimsChallenge,
        "Azure asks for a stronger sign-in (conditional access or multi-factor authentication) before it allows this.",
        $"Connect-AzAccount {(tenantId is null ? "" : $"-Tenant \"{tenantId}\" ")}-ClaimsChallenge \"{claims}\"");
}
