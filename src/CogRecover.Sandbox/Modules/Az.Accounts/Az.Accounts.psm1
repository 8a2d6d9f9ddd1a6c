# The commands, parameters and output shapes of Az.Accounts 5.3 that CogRecover uses, for loopback only. They use nothing
# but the engine's core cmdlets.
Set-StrictMode -Version 3

$script:Environments = @{}
$script:Context = $null

function Stop-Command([System.Management.Automation.PSCmdlet] $Command, [string] $Message, [string] $Id) {
    $Command.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
        [System.InvalidOperationException]::new($Message), $Id, 'InvalidOperation', $null))
}

function Add-AzEnvironment {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [string] $ActiveDirectoryEndpoint,
        [string] $ActiveDirectoryServiceEndpointResourceId,
        [Alias('ResourceManagerUrl')] [string] $ResourceManagerEndpoint,
        [string] $GraphEndpoint,
        [string] $Scope
    )

    if (-not ([uri] $ResourceManagerEndpoint).IsLoopback) {
        Stop-Command $PSCmdlet 'The stand-in for Az.Accounts signs in on loopback only.' 'NotLoopback'
    }

    $script:Environments[$Name] = [pscustomobject] @{
        PSTypeName                               = 'Microsoft.Azure.Commands.Profile.Models.PSAzureEnvironment'
        Name                                     = $Name
        ActiveDirectoryAuthority                 = $ActiveDirectoryEndpoint
        ActiveDirectoryServiceEndpointResourceId = $ActiveDirectoryServiceEndpointResourceId
        ResourceManagerUrl                       = $ResourceManagerEndpoint
    }
    $script:Environments[$Name]
}

function Get-Json([string] $Uri, [hashtable] $Headers) {
    $client = [System.Net.Http.HttpClient]::new()
    try {
        foreach ($name in $Headers.Keys) { $client.DefaultRequestHeaders.Add($name, $Headers[$name]) }
        $answer = $client.GetAsync($Uri).GetAwaiter().GetResult()
        $body = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw "Service request failed. Status: $([int] $answer.StatusCode) $body" }
        [System.Text.Json.JsonDocument]::Parse($body).RootElement
    }
    finally { $client.Dispose() }
}

# As Azure.Identity does in Azure Automation and App Service.
function Get-IdentityToken([string] $Resource, [string] $ClientId) {
    if (-not $env:IDENTITY_ENDPOINT -or -not $env:IDENTITY_HEADER) {
        throw 'ManagedIdentityCredential authentication unavailable. No Managed Identity endpoint found.'
    }
    $uri = "$($env:IDENTITY_ENDPOINT)?api-version=2019-08-01&resource=$([uri]::EscapeDataString($Resource))"
    if ($ClientId) { $uri += "&client_id=$([uri]::EscapeDataString($ClientId))" }
    $answer = Get-Json $uri @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER }
    $answer.GetProperty('access_token').GetString()
}

function Connect-AzAccount {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'AccessToken')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'AccessToken')] [string] $AccessToken,
        [Parameter(Mandatory, ParameterSetName = 'AccessToken')]
        [Parameter(ParameterSetName = 'Identity')] [string] $AccountId,
        [Parameter(Mandatory, ParameterSetName = 'Identity')] [switch] $Identity,
        [string] $Environment = 'AzureCloud',
        [Alias('TenantId')] [string] $Tenant,
        [Alias('SubscriptionId', 'SubscriptionName')] [string] $Subscription,
        [string] $Scope,
        [switch] $SkipContextPopulation
    )

    if (-not $script:Environments.ContainsKey($Environment)) {
        Stop-Command $PSCmdlet "Unable to find environment with name '$Environment'" 'UnknownEnvironment'
    }

    $type = if ($Identity) { 'ManagedService' } else { 'AccessToken' }
    if ($Identity) {
        $endpoint = $script:Environments[$Environment].ResourceManagerUrl
        try {
            $AccessToken = Get-IdentityToken $endpoint $AccountId
            $list = Get-Json "${endpoint}subscriptions?api-version=2022-12-01" @{ Authorization = "Bearer $AccessToken" }
            $seen = $list.GetProperty('value')
        }
        catch {
            # The real one doesn't end the script either.
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new(
                    $_.Exception, 'IdentityFailed', 'AuthenticationError', $null))
            return
        }
        if (-not $AccountId) { $AccountId = 'MSI@50342' }
        if ($seen.GetArrayLength() -gt 0) {
            if (-not $Tenant) { $Tenant = $seen[0].GetProperty('tenantId').GetString() }
            if (-not $Subscription) { $Subscription = $seen[0].GetProperty('subscriptionId').GetString() }
        }
    }

    $script:Context = [pscustomobject] @{
        PSTypeName   = 'Microsoft.Azure.Commands.Profile.Models.Core.PSAzureContext'
        Name         = "$Subscription - $AccountId"
        Account      = [pscustomobject] @{
            Id = $AccountId; Type = $type; ExtendedProperties = @{ AccessToken = $AccessToken }
        }
        Environment  = $script:Environments[$Environment]
        Subscription = $null
        Tenant       = [pscustomobject] @{ Id = $Tenant }
    }
    if ($Subscription) { $null = Set-AzContext -Subscription $Subscription }
    [pscustomobject] @{
        PSTypeName   = 'Microsoft.Azure.Commands.Profile.Models.Core.PSAzureProfile'
        Context      = $script:Context
        Environments = $script:Environments
    }
}

function Disconnect-AzAccount {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $script:Context = $null
}

function Get-AzContext {
    [CmdletBinding()]
    param()

    $script:Context
}

function Set-AzContext {
    [CmdletBinding(SupportsShouldProcess)]
    param([Alias('SubscriptionId', 'SubscriptionName')] [string] $Subscription)

    if (-not $script:Context) { Stop-Command $PSCmdlet 'Run Connect-AzAccount to login.' 'NotSignedIn' }
    $script:Context.Subscription = [pscustomobject] @{
        Id = $Subscription; Name = 'Sandbox'; State = 'Enabled'; TenantId = $script:Context.Tenant.Id
    }
    $script:Context
}

<#
.SYNOPSIS
Gets the token that Connect-AzAccount was given, or that it got for an identity.
.DESCRIPTION
The token is a SecureString. If the environment variable AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN is true, it is plain text
as in Az.Accounts 4 and before: the real Az.Accounts 5 has the same variable.
.PARAMETER AsSecureString
Gets a SecureString whatever that variable says.
#>
function Get-AzAccessToken {
    [CmdletBinding()]
    param(
        [string] $ResourceUrl,
        [string] $TenantId,
        [switch] $AsSecureString,
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')] $DefaultProfile
    )

    $context = if ($DefaultProfile) { $DefaultProfile } else { $script:Context }
    if (-not $context) { Stop-Command $PSCmdlet 'Run Connect-AzAccount to login.' 'NotSignedIn' }
    $name = 'PSAccessToken'
    $token = $context.Account.ExtendedProperties.AccessToken
    if ($AsSecureString -or $env:AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN -ne 'true') {
        $name = 'PSSecureAccessToken'
        $token = [System.Net.NetworkCredential]::new('', $token).SecurePassword
    }
    [pscustomobject] @{
        PSTypeName = "Microsoft.Azure.Commands.Profile.Models.$name"
        Token      = $token
        # As with a token that was handed in by hand.
        ExpiresOn  = [System.DateTimeOffset]::MinValue
        TenantId   = $context.Tenant.Id
        UserId     = $context.Account.Id
        Type       = 'Bearer'
    }
}

Export-ModuleMember -Function @(
    'Add-AzEnvironment', 'Connect-AzAccount', 'Disconnect-AzAccount', 'Get-AzAccessToken', 'Get-AzContext',
    'Set-AzContext')
