<#
.SYNOPSIS
Restores the deleted Cognitive Services accounts that nobody was allowed to delete.

.DESCRIPTION
A runbook for Azure Automation. It restores every soft-deleted account in scope, except those with a tag, by a person
or pipeline, or older than you name. It signs in by managed identity, asks nothing, and writes a fact for each account
and a summary. It does all it can, and fails at the end where something couldn't be done; the error names each.

Lists are typed in the portal as JSON: ["rg-ai-*","rg-web-*"], or, but for tags, with commas: rg-ai-*,rg-web-*.

.PARAMETER SubscriptionId
The ids of the subscriptions to look in. Empty: every one that the identity sees.

.PARAMETER ResourceGroupName
Only accounts of these resource groups. Wildcards are allowed. Empty: all.

.PARAMETER ExcludeTag
Leaves accounts with one of these tags: a name, or name=value, with wildcards: "decommissioned", "lifecycle=ret*".

.PARAMETER ExcludeDeletedBy
Leaves accounts that one of these deleted: a user's name, or the object id of a pipeline's application, with wildcards.
The Activity Log says who it was. Where it doesn't, nobody is known to have been allowed: the account is restored, which
loses nothing, and a warning says so.

.PARAMETER LeaveUnknown
Leaves accounts whose deletion the Activity Log doesn't explain, instead of restoring them. It counts only with
ExcludeDeletedBy.

.PARAMETER MaximumAgeHours
Leaves accounts that were deleted longer ago than this. Azure keeps an account for 48 hours.

.PARAMETER CreateResourceGroup
Whether to create an account's resource group again where it is gone.

.PARAMETER RestoreDependency
Whether to bring back first what an account needs and what is gone: its resource group, the key vault with its key, its
storage accounts, also in other subscriptions. The identity's role has to allow it: see docs/permissions.md.

.PARAMETER ReportOnly
Changes nothing: says of each account whether it would be restored. For the portal, which has no -WhatIf.

.PARAMETER AsJson
Writes each fact as a line of JSON, for Log Analytics, instead of an object.

.PARAMETER ClientId
The client id of a user-assigned identity. Empty: the system-assigned one.

.PARAMETER Environment
The Azure cloud: AzureCloud, AzureUSGovernment, AzureChinaCloud, or another one that this session knows.

.EXAMPLE
./Restore-UnexpectedDeletion.ps1 -ExcludeTag lifecycle=retired -ExcludeDeletedBy teardown@contoso.com -WhatIf

.EXAMPLE
./Restore-UnexpectedDeletion.ps1 -ResourceGroupName rg-*-prod -MaximumAgeHours 25 -AsJson $true
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType('CogRecover.RunbookFact', [string])]
param(
    [string[]] $SubscriptionId,
    [string[]] $ResourceGroupName,
    [string[]] $ExcludeTag,
    [string[]] $ExcludeDeletedBy,
    [bool] $LeaveUnknown = $false,
    [int] $MaximumAgeHours = 48,
    [bool] $CreateResourceGroup = $true,
    [bool] $RestoreDependency = $false,
    [bool] $ReportOnly = $false,
    [bool] $AsJson = $false,
    [string] $ClientId,
    [string] $Environment = 'AzureCloud'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Automation hands over an empty text for a list that isn't given, and the portal's JSON as one text in some runtimes.
# Any other text without an entry is a mistake, and dropped it would widen what is done.
function Get-Entry([string] $Parameter, [string[]] $Given, [switch] $IsTag) {
    if (-not ($Given -match '\S')) { return }
    foreach ($text in $Given) {
        $entries = "$text".Trim()
        if ($entries -match '(?s)^\[.*\]$|"') {
            try { $entries = [System.Text.Json.JsonSerializer]::Deserialize($entries, [string[]]) }
            catch {
                $why = $_.Exception.GetBaseException().Message
                throw "-$Parameter isn't a JSON list: $why Nothing was restored. Write it as [""one"",""two""]."
            }
        }
        elseif (-not $IsTag) { $entries = $entries -split ',' }
        if ($entries.Count -eq 0) { throw "-$Parameter is an empty list. Nothing was restored." }
        foreach ($entry in $entries) {
            if (-not "$entry".Trim()) { throw "-$Parameter has an empty entry. Nothing was restored." }
            $entry.Trim()
        }
    }
}

function Get-Pattern([string] $Parameter, [string[]] $Given, [switch] $IsTag) {
    foreach ($entry in Get-Entry $Parameter $Given -IsTag:$IsTag) {
        $parts = if ($IsTag) { $entry -split '=', 2 } else { $entry }
        foreach ($part in $parts) {
            try { $null = [WildcardPattern]::Get($part.Trim(), 'IgnoreCase').IsMatch('') }
            catch {
                $why = $_.Exception.GetBaseException().Message
                throw "-$Parameter '$entry' isn't a pattern: $why Nothing was restored."
            }
        }
        $entry
    }
}

function Write-Fact([string] $Fact, $Account, [System.Collections.IDictionary] $More = @{}) {
    $said = [ordered] @{ Time = [datetime]::UtcNow; Runbook = 'Restore-UnexpectedDeletion'; Fact = $Fact }
    if ($Account) {
        $names = 'Name', 'ResourceGroupName', 'Location', 'SubscriptionId', 'Kind', 'DeletionDate',
            'ScheduledPurgeDate', 'DeletedBy'
        foreach ($name in $names) { $said[$name] = $Account.$name }
    }
    foreach ($name in $More.Keys) { $said[$name] = $More[$name] }
    if ($AsJson) { return [System.Text.Json.JsonSerializer]::Serialize($said, [System.Collections.IDictionary]) }
    $object = [pscustomobject] $said
    $object.PSObject.TypeNames.Insert(0, 'CogRecover.RunbookFact')
    $object
}

function Write-Failure([System.Management.Automation.ErrorRecord] $Failure, [string] $Fact = 'Failed') {
    $account = $Failure.TargetObject
    if ($account -isnot [CogRecover.DeletedCognitiveAccount]) { $account = $null }
    Write-Fact $Fact $account ([ordered] @{
            ErrorId = $Failure.FullyQualifiedErrorId.Split(',')[0]
            Reason  = $Failure.Exception.Message
            NextCommand = "$($Failure.ErrorDetails.RecommendedAction)"
        })
}

function Test-Tag($Account, [string[]] $Pattern) {
    foreach ($one in $Pattern) {
        $name, $value = $one -split '=', 2
        foreach ($tag in $Account.Tags.GetEnumerator()) {
            if ($tag.Key -like $name.Trim() -and ($null -eq $value -or $tag.Value -like $value.Trim())) { return $true }
        }
    }
    $false
}

# Whether a check stops the restore. What the restore would bring back first doesn't: its check recommends the switch.
function Test-Obstacle($Check) {
    if ($Check.Status -eq 'Failed') {
        $isCovered = $RestoreDependency -or ($CreateResourceGroup -and $Check.Name -eq 'ResourceGroup')
        return -not ($isCovered -and $Check.IsRecoverable)
    }
    # With -RestoreDependency, what an account needs has to be seen.
    $RestoreDependency -and $Check.Status -eq 'Unknown' -and $Check.ErrorId
}

function Get-Key($Account) { $Account.SubscriptionId, $Account.ResourceGroupName, $Account.Name -join '/' }

# The account that a warning is about; nothing where two have its name.
function Find-Account([string] $Warning, $Among) {
    $named = @($Among | Where-Object { $Warning.StartsWith("Account '$($_.Name)' ") })
    if ($named.Count -eq 1) { $named[0] }
}

# What the Activity Log doesn't say has to be seen in the fact itself: a warning isn't kept where facts are.
function Get-Doubt($Account) {
    $said = [ordered] @{}
    if (-not $Account.DeletedBy) { $said.Reason = "Who deleted it isn't known." }
    $said
}

# Why an account is left as it is; nothing: it is to be restored.
function Get-Exclusion($Account, [string[]] $Tag, [string[]] $Person) {
    if (Test-Tag $Account $Tag) { return 'It has an excluded tag.' }
    if ($Account.DeletionDate -lt [datetime]::UtcNow.AddHours(-$MaximumAgeHours) -and $null -ne $Account.DeletionDate) {
        return "It was deleted more than $MaximumAgeHours hours ago."
    }
    if (-not $Person) { return }
    if (-not $Account.DeletedBy) { if ($LeaveUnknown) { return "Who deleted it isn't known." } else { return } }
    foreach ($one in $Person) { if ($Account.DeletedBy -like $one) { return "$($Account.DeletedBy) may delete." } }
}

$subscriptions = @(Get-Entry 'SubscriptionId' $SubscriptionId)
$groups = @(Get-Pattern 'ResourceGroupName' $ResourceGroupName)
$tags = @(Get-Pattern 'ExcludeTag' $ExcludeTag -IsTag)
$persons = @(Get-Pattern 'ExcludeDeletedBy' $ExcludeDeletedBy)
if ($MaximumAgeHours -lt 1 -or $MaximumAgeHours -gt 48) {
    throw "-MaximumAgeHours is $MaximumAgeHours. It can be 1 to 48: Azure keeps a deleted account for 48 hours."
}
if ($ReportOnly) { $WhatIfPreference = $true }
$isRehearsal = $WhatIfPreference
# What follows says itself what would be done: the host of a runbook shows no What if lines.
$WhatIfPreference = $false

$signIn = @{ Identity = $true; Environment = $Environment; Scope = 'Process'; ErrorAction = 'Stop' }
if ($ClientId) { $signIn.AccountId = $ClientId }
try { $null = Connect-AzAccount @signIn }
catch {
    throw "The managed identity couldn't sign in to ${Environment}: $($_.Exception.Message) Switch on the Automation " +
        "account's system-assigned identity, or give the -ClientId of a user-assigned one that it has."
}

$scope = @{ IncludeDeletedBy = $true }
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
if ($groups) { $scope.ResourceGroupName = $groups }
$accounts = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
foreach ($failure in $listFailures) { Write-Failure $failure 'NotListed' }

$wanted = [System.Collections.Generic.List[object]]::new()
foreach ($account in $accounts) {
    $why = Get-Exclusion $account $tags $persons
    if ($why) { Write-Fact 'Excluded' $account @{ Reason = $why } } else { $wanted.Add($account) }
}
# A pattern that is mistyped excludes nothing, and looks like one that had nothing to exclude.
$unused = @($tags | Where-Object { $tag = $_; -not ($accounts | Where-Object { Test-Tag $_ $tag }) } |
        ForEach-Object { "-ExcludeTag '$_'" })
$unused += @($persons | Where-Object { $person = $_; -not ($accounts | Where-Object { $_.DeletedBy -like $person }) } |
        ForEach-Object { "-ExcludeDeletedBy '$_'" })
if ($accounts) {
    foreach ($one in $unused) {
        $PSCmdlet.WriteWarning("$one matches none of the $($accounts.Count) deleted accounts.")
    }
}
$unknown = @($wanted | Where-Object { $persons -and -not $_.DeletedBy })
if ($unknown) {
    $PSCmdlet.WriteWarning("-ExcludeDeletedBy leaves none of $($unknown.Count) accounts, such as '$($unknown[0])': " +
        'who deleted them is not known, so that they are to be restored. Give -LeaveUnknown $true to leave them.')
}

$failures = @()
$restored = $broughtBack = $warnings = 0
if ($isRehearsal -and $wanted) {
    $byName = @{}
    foreach ($account in $wanted) { $byName[(Get-Key $account)] = $account }
    $results = @($wanted | Test-CognitiveAccountRestore -ErrorAction SilentlyContinue -ErrorVariable failures)
    foreach ($result in $results) {
        $inTheWay = @($result.Checks | Where-Object { Test-Obstacle $_ })
        $account = $byName[(Get-Key $result)]
        if ($inTheWay) { Write-Fact 'WouldFail' $account @{ Reason = "$($inTheWay.Message)" } }
        else { Write-Fact 'WouldRestore' $account (Get-Doubt $account) }
    }
}
elseif ($wanted -and $PSCmdlet.ShouldProcess("$($wanted.Count) deleted accounts", 'Restore')) {
    $byId = @{}
    foreach ($account in $wanted) { $byId[$account.AccountId] = $account }
    $how = @{
        CreateResourceGroup = $CreateResourceGroup; RestoreDependency = $RestoreDependency; Confirm = $false
        ErrorAction = 'SilentlyContinue'; WarningAction = 'Continue'; InformationAction = 'Continue'
    }
    # What doesn't come back is a warning, and what was brought back is information: each becomes a fact.
    $wanted | Restore-CognitiveAccount @how -ErrorVariable failures 3>&1 6>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.InformationRecord]) {
            if ($_.Tags -contains 'CogRecoverSummary') { return }
            $broughtBack++
            return Write-Fact 'BroughtBack' $null @{ Reason = "$($_.MessageData)" }
        }
        if ($_ -is [System.Management.Automation.WarningRecord]) {
            $warnings++
            $PSCmdlet.WriteWarning($_.Message)
            return Write-Fact 'Warning' (Find-Account $_.Message $wanted) @{ Reason = $_.Message }
        }
        $restored++
        $more = Get-Doubt $byId[$_.ResourceId]
        $more.ResourceId = $_.ResourceId
        Write-Fact 'Restored' $byId[$_.ResourceId] $more
    }
}
foreach ($failure in $failures) { Write-Failure $failure }

Write-Fact 'Summary' $null ([ordered] @{
        IsRehearsal = [bool] $isRehearsal; Found = $accounts.Count; Excluded = $accounts.Count - $wanted.Count
        Restored = $restored; Failed = @($failures).Count; NotListed = @($listFailures).Count
        DeletedByUnknown = @($accounts | Where-Object { -not $_.DeletedBy }).Count
        BroughtBack = $broughtBack; Warnings = $warnings
    })
$all = @($listFailures) + @($failures)
if ($all) {
    $more = if ($all.Count -gt 10) { "And $($all.Count - 10) more." }
    throw "$($all.Count) failed, $restored restored. $(@($all.Exception.Message)[0..9] -join ' ') $more".TrimEnd()
}
