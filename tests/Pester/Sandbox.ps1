# A simulated Azure Resource Manager of the sandbox, signed in to with the real Az.Accounts where it is installed and
# with the sandbox's stand-in otherwise, and the module as it was built. For Windows PowerShell 5.1 and PowerShell 7.

$script:Repository = Split-Path (Split-Path $PSScriptRoot)
$script:Manifest = [System.IO.Path]::GetFullPath((Join-Path $Repository 'out/CogRecover/CogRecover.psd1'))

Add-Type -AssemblyName System.Net.Http
if (-not ('CogRecover.Pester.Window' -as [type])) {
    Add-Type -Path (Join-Path $PSScriptRoot 'Window.cs'), (Join-Path $PSScriptRoot 'Server.cs')
}

<#
.SYNOPSIS
Starts a simulated Azure Resource Manager on a free port, signs in to it, and imports the module.
.PARAMETER OperationTime
How long a restore and a purge take on the server, in seconds.
.PARAMETER GroupDeletionTime
How long the deletion of a resource group takes there, in seconds.
.PARAMETER Subscriptions
How many subscriptions it has beside the first.
#>
function Start-Sandbox {
    param([int] $OperationTime, [int] $Subscriptions, [int] $GroupDeletionTime)

    $library = Get-Item (Join-Path $Repository 'src/CogRecover.Sandbox/bin/*/*/CogRecover.Sandbox.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $library -or -not (Test-Path $Manifest)) { throw 'Nothing is built. Run dotnet build first.' }

    # The library itself: a dotnet run that is ended leaves behind what it started.
    $arguments = 'exec "{0}" serve --port 0 --operation-time {1} --subscriptions {2} --group-deletion-time {3}' -f
        $library.FullName, $OperationTime, $Subscriptions, $GroupDeletionTime
    $dotnet = Get-Command dotnet -CommandType Application | Select-Object -First 1
    $script:Sandbox = [pscustomobject] @{
        Server = New-Object CogRecover.Pester.Server $dotnet.Source, $arguments
        Endpoint = $null; TenantId = $null; SubscriptionId = $null; SignIn = @(); Client = $null
        EarlierContext = $null; EarlierPath = $env:PSModulePath
    }
    try {
        Read-Greeting
        Connect-Sandbox
    }
    catch {
        Stop-Sandbox
        throw
    }
}

# Serve says where it listens, and with what to sign in there.
function Read-Greeting {
    do {
        $line = $Sandbox.Server.ReadLine()
        if ($null -eq $line) { throw 'The sandbox has ended before it listened.' }
        if ($line -match ' listens at (\S+) ') { $Sandbox.Endpoint = $Matches[1] }
        if ($line -match ' -Tenant (\S+) -Subscription (\S+)') {
            $Sandbox.TenantId = $Matches[1]
            $Sandbox.SubscriptionId = $Matches[2]
        }
        if ($line -match '^(\$env:|Add-AzEnvironment|Connect-AzAccount)') { $Sandbox.SignIn += $line }
    } until ($line -match '^Import-Module')

    $handler = New-Object System.Net.Http.HttpClientHandler -Property @{ UseProxy = $false }
    $Sandbox.Client = New-Object System.Net.Http.HttpClient $handler
    $Sandbox.Client.DefaultRequestHeaders.Add('Authorization', 'Bearer sandbox')
}

function Connect-Sandbox {
    if (-not (Get-Module Az.Accounts -ListAvailable | Where-Object Version -GE '2.12')) {
        $standIn = Join-Path $Repository 'src/CogRecover.Sandbox/Modules'
        $env:PSModulePath = $standIn + [System.IO.Path]::PathSeparator + $env:PSModulePath
    }
    Import-Module Az.Accounts -MinimumVersion 2.12.0
    $Sandbox.EarlierContext = Get-AzContext -ErrorAction Ignore
    . ([scriptblock]::Create($Sandbox.SignIn -join "`n"))
    if ((Get-AzContext).Environment.ResourceManagerUrl -ne $Sandbox.Endpoint) { throw 'The sign-in has failed.' }

    Import-Module $Manifest -Force -Global
    $folder = Split-Path $Manifest
    if (-not [CogRecover.DeletedCognitiveAccount].Assembly.Location.StartsWith($folder, 'OrdinalIgnoreCase')) {
        throw 'Another CogRecover is loaded in this session. Run the tests in a new one.'
    }
}

<#
.SYNOPSIS
Ends the simulated Azure Resource Manager, and gives the session the Azure context back that it had.
#>
function Stop-Sandbox {
    if (-not $Sandbox) { return }
    $Sandbox.Server.Stop()
    if ($Sandbox.Client) { $Sandbox.Client.Dispose() }
    $env:PSModulePath = $Sandbox.EarlierPath
    Remove-Module CogRecover -ErrorAction Ignore
    if (Get-Command Remove-AzContext -Module Az.Accounts -ErrorAction Ignore) {
        if ($Sandbox.EarlierContext) { $null = Set-AzContext -Context $Sandbox.EarlierContext -Scope Process }
        Get-AzContext -ListAvailable | Where-Object { $_.Environment.Name -eq 'CogRecoverSandbox' } |
            ForEach-Object { $null = Remove-AzContext -InputObject $_ -Scope Process -Force }
        $null = Remove-AzEnvironment CogRecoverSandbox -Scope Process -ErrorAction Ignore
    }
    else { Remove-Module Az.Accounts -Force -ErrorAction Ignore }
    $script:Sandbox = $null
}

<#
.SYNOPSIS
Sends a request to the simulated Azure Resource Manager, past the module.
.OUTPUTS
The status, and the body if it is JSON.
#>
function Invoke-Arm {
    param([string] $Method, [string] $Path, $Body)

    $uri = $Sandbox.Endpoint.TrimEnd('/') + $Path
    if ($Path -like '/subscriptions*') {
        $version = '2022-09-01'
        if ($Path -like '*Microsoft.CognitiveServices*') { $version = '2025-06-01' }
        $uri += "?api-version=$version"
    }
    $request = New-Object System.Net.Http.HttpRequestMessage (New-Object System.Net.Http.HttpMethod $Method), $uri
    if ($Body) {
        $json = ConvertTo-Json $Body -Depth 9
        $request.Content = New-Object System.Net.Http.StringContent $json, ([System.Text.Encoding]::UTF8),
            'application/json'
    }
    $response = $Sandbox.Client.SendAsync($request).GetAwaiter().GetResult()
    $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    [pscustomobject] @{ Status = [int] $response.StatusCode; Body = if ($text) { ConvertFrom-Json $text } }
}

function Send-Arm {
    param([string] $Method, [string] $Path, $Body)

    $answer = Invoke-Arm $Method $Path $Body
    if ($answer.Status -ge 300) { throw "$Method $Path was answered $($answer.Status)." }
    $answer.Body
}

<#
.SYNOPSIS
Creates accounts, and deletes them. They can be restored for 48 hours then.
#>
function New-DeletedAccount {
    param(
        [string[]] $Name, [string] $ResourceGroupName = 'rg-ai', [string] $Location = 'West US 2',
        [string] $Kind = 'OpenAI', [hashtable] $Properties = @{}, [string] $SubscriptionId = $Sandbox.SubscriptionId)

    $group = "/subscriptions/$SubscriptionId/resourceGroups/$ResourceGroupName"
    if ((Invoke-Arm GET $group).Status -eq 404) { $null = Send-Arm PUT $group @{ location = $Location } }
    foreach ($one in $Name) {
        $account = Get-AccountId $one $ResourceGroupName $SubscriptionId
        $null = Send-Arm PUT $account @{
            location = $Location; kind = $Kind; sku = @{ name = 'S0' }; properties = $Properties
        }
        $null = Send-Arm DELETE $account
    }
}

<#
.SYNOPSIS
The resource id that an account has while it lives.
#>
function Get-AccountId {
    param([string] $Name, [string] $ResourceGroupName = 'rg-ai', [string] $SubscriptionId = $Sandbox.SubscriptionId)

    "/subscriptions/$SubscriptionId/resourceGroups/$ResourceGroupName" +
        "/providers/Microsoft.CognitiveServices/accounts/$Name"
}

<#
.SYNOPSIS
What an account of a name is now: Succeeded or another state if it lives, Deleted, or Purged.
#>
function Get-AccountState {
    param([string] $Name, [string] $ResourceGroupName = 'rg-ai')

    $live = Invoke-Arm GET (Get-AccountId $Name $ResourceGroupName)
    if ($live.Status -eq 200) { return $live.Body.properties.provisioningState }
    $list = "/subscriptions/$($Sandbox.SubscriptionId)/providers/Microsoft.CognitiveServices/deletedAccounts"
    $deleted = (Send-Arm GET $list).value.id -match "/$ResourceGroupName/deletedAccounts/$Name$"
    if ($deleted) { 'Deleted' } else { 'Purged' }
}

<#
.SYNOPSIS
Sets what goes wrong with the answers from now on; without an argument, nothing does.
#>
function Set-Fault {
    param([hashtable[]] $Fault = @())

    $null = Send-Arm POST '/_sandbox/faults' @{ faults = $Fault }
}

<#
.SYNOPSIS
Runs a script in a PowerShell of its own, where nobody is to answer a question. There, $Manifest is that of the module,
Connect-Sandbox signs in, and Disconnect-Sandbox leaves nobody signed in.
.PARAMETER Environment
Variables that it has otherwise than this process; what is null there, it doesn't have.
.OUTPUTS
What it wrote to its output, a string a line, and to its error output.
#>
function Invoke-PowerShell {
    param([string] $Script, [hashtable] $Environment = @{})

    $file = Join-Path ([System.IO.Path]::GetTempPath()) "cogrecover-$([guid]::NewGuid()).ps1"
    Set-Content $file -Encoding UTF8 -Value @(
        '[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false'
        '$ProgressPreference = $WarningPreference = "SilentlyContinue"'
        "`$Manifest = '$($Manifest -replace "'", "''")'"
        "function Connect-Sandbox { $($Sandbox.SignIn -join "`n") }"
        # Clear-AzContext of Az.Accounts 5 ends in an error where the authority is http.
        'function Disconnect-Sandbox {
            if (Get-Command Remove-AzContext -Module Az.Accounts -ErrorAction Ignore) {
                Get-AzContext -ListAvailable | Remove-AzContext -Scope Process -Force
            }
            else { Disconnect-AzAccount }
        }'
        $Script)
    $start = New-Object System.Diagnostics.ProcessStartInfo (Get-Process -Id $PID).Path
    if ($PSEdition -eq 'Desktop') { $start.FileName = Join-Path $PSHOME 'powershell.exe' }
    # A PowerShell that was installed as a .NET tool runs in dotnet.
    if ($start.FileName -match '[\\/]dotnet(\.exe)?$') { $start.Arguments = '"{0}" ' -f (Join-Path $PSHOME 'pwsh.dll') }
    $start.Arguments += '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}"' -f $file
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [System.Text.Encoding]::UTF8
    foreach ($name in $Environment.Keys) {
        $start.EnvironmentVariables.Remove($name)
        if ($null -ne $Environment[$name]) { $start.EnvironmentVariables.Add($name, $Environment[$name]) }
    }
    try {
        $process = [System.Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject] @{
            Output = @($output -split '\r?\n' | Where-Object { $_ })
            Errors = $errors.GetAwaiter().GetResult()
        }
    }
    finally {
        Remove-Item $file
    }
}

<#
.SYNOPSIS
Opens a window in this process, signed in, with the module. A user answers every question there as told, or nobody does.
#>
function Open-Window {
    param([int] $Width = 80, [string] $Answer, [switch] $Terminal)

    $window = New-Object CogRecover.Pester.Window $Width, $Answer, $Terminal.IsPresent
    $window.Open(($Sandbox.SignIn + "Import-Module '$($Manifest -replace "'", "''")'") -join "`n")
    $window
}
