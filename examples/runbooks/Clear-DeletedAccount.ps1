<#
.SYNOPSIS
Purges deleted Cognitive Services accounts for good, to free their names, quota and bills.

.DESCRIPTION
A runbook for Azure Automation. It purges the soft-deleted accounts that every given filter matches. A purge can't be
undone, so it doesn't run without a filter, nor with one that matches everything, and it purges nothing at all where
more accounts match than it may purge in one run. It signs in by managed identity, asks nothing, and writes a fact for
each account and a summary. It does all it can, and fails at the end where something couldn't be done; the error names
each.

Lists are typed in the portal as JSON: ["rg-*-test","rg-pr-*"], or, but for tags, with commas: rg-*-test,rg-pr-*.

.PARAMETER ResourceGroupName
Only accounts of these resource groups. Wildcards are allowed.

.PARAMETER Tag
Only accounts with one of these tags: a name, or name=value, with wildcards: "env=test".

.PARAMETER Kind
Only accounts of these kinds, such as OpenAI. Wildcards are allowed.

.PARAMETER MinimumAgeHours
Only accounts that were deleted at least so long ago, below 48. 0: of any age, which is no filter.

.PARAMETER MaximumCount
How many accounts may be purged in one run. Where more match, none is purged.

.PARAMETER SubscriptionId
The ids of the subscriptions to look in. Empty: every one that the identity sees. It is no filter.

.PARAMETER ReportOnly
Purges nothing: says which accounts would be purged. For the portal, which has no -WhatIf.

.PARAMETER AsJson
Writes each fact as a line of JSON, for Log Analytics, instead of an object.

.PARAMETER ClientId
The client id of a user-assigned identity. Empty: the system-assigned one.

.PARAMETER Environment
The Azure cloud: AzureCloud, AzureUSGovernment, AzureChinaCloud, or another one that this session knows.

.EXAMPLE
./Clear-DeletedAccount.ps1 -ResourceGroupName rg-*-test, rg-pr-* -MinimumAgeHours 12 -WhatIf

.EXAMPLE
./Clear-DeletedAccount.ps1 -Tag env=test -Kind OpenAI -MaximumCount 50 -AsJson $true
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType('CogRecover.RunbookFact', [string])]
param(
    [string[]] $ResourceGroupName,
    [string[]] $Tag,
    [string[]] $Kind,
    [double] $MinimumAgeHours = 0,
    [int] $MaximumCount = 20,
    [string[]] $SubscriptionId,
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
                throw "-$Parameter isn't a JSON list: $why Nothing was purged. Write it as [""one"",""two""]."
            }
        }
        elseif (-not $IsTag) { $entries = $entries -split ',' }
        if ($entries.Count -eq 0) { throw "-$Parameter is an empty list. Nothing was purged." }
        foreach ($entry in $entries) {
            if (-not "$entry".Trim()) { throw "-$Parameter has an empty entry. Nothing was purged." }
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
                throw "-$Parameter '$entry' isn't a pattern: $why Nothing was purged."
            }
        }
        $entry
    }
}

function Write-Fact([string] $Fact, $Account, [System.Collections.IDictionary] $More = @{}) {
    $said = [ordered] @{ Time = [datetime]::UtcNow; Runbook = 'Clear-DeletedAccount'; Fact = $Fact }
    if ($Account) {
        $names = 'Name', 'ResourceGroupName', 'Location', 'SubscriptionId', 'Kind', 'DeletionDate',
            'ScheduledPurgeDate'
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

# What is left of a pattern without its wildcards has to hold a letter or a digit: else it matches whatever there is.
function Assert-Narrow([string] $Parameter, [string[]] $Pattern) {
    foreach ($one in $Pattern) {
        if (($one -replace '\[[^\]]*\]', '') -notmatch '[\p{L}\p{Nd}]') {
            throw "-$Parameter '$one' matches everything. Nothing was purged. Name what is to be purged."
        }
    }
}

$subscriptions = @(Get-Entry 'SubscriptionId' $SubscriptionId)
$groups = @(Get-Pattern 'ResourceGroupName' $ResourceGroupName)
$tags = @(Get-Pattern 'Tag' $Tag -IsTag)
$kinds = @(Get-Pattern 'Kind' $Kind)
Assert-Narrow 'ResourceGroupName' $groups
Assert-Narrow 'Tag' $tags
Assert-Narrow 'Kind' $kinds
# An [int] would round half an hour to none, and the filter would be gone.
if ($MinimumAgeHours -notin 0..47) {
    throw "-MinimumAgeHours is $MinimumAgeHours. It can be a whole number from 0 to 47: Azure itself purges an " +
        'account after 48 hours.'
}
if ($MaximumCount -lt 1) { throw "-MaximumCount is $MaximumCount. It has to be at least 1." }
if (-not ($groups -or $tags -or $kinds -or $MinimumAgeHours)) {
    throw 'No filter is given, and nothing was purged. Give -ResourceGroupName, -Tag, -Kind or -MinimumAgeHours.'
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

$scope = @{}
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
if ($groups) { $scope.ResourceGroupName = $groups }
if ($kinds) { $scope.Kind = $kinds }
$accounts = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
foreach ($failure in $listFailures) { Write-Failure $failure 'NotListed' }

# An account of unknown age is too young for any.
$before = [datetime]::UtcNow.AddHours(-$MinimumAgeHours)
$matching = @($accounts | Where-Object {
        (-not $tags -or (Test-Tag $_ $tags)) -and
        (-not $MinimumAgeHours -or ($null -ne $_.DeletionDate -and $_.DeletionDate -le $before))
    })
$isOver = $matching.Count -gt $MaximumCount

$failures = @()
$done = @{}
$purged = 0
if ($isRehearsal -or $isOver) {
    $fact = if ($isOver) { 'NotPurged' } else { 'WouldPurge' }
    $more = @{}
    if ($isOver) { $more.Reason = "$($matching.Count) accounts match, and -MaximumCount is $MaximumCount." }
    foreach ($account in $matching) { Write-Fact $fact $account $more }
}
elseif ($matching -and $PSCmdlet.ShouldProcess("$($matching.Count) deleted accounts", 'Permanently purge')) {
    $how = @{ Force = $true; PassThru = $true; Confirm = $false; ErrorAction = 'SilentlyContinue' }
    $matching | Remove-DeletedCognitiveAccount @how -ErrorVariable failures | ForEach-Object {
        $done[$_.ResourceId] = $true
        $purged++
        Write-Fact 'Purged' $_
    }
}
foreach ($failure in $failures) {
    $done["$($failure.TargetObject.ResourceId)"] = $true
    Write-Failure $failure
}
$left = @($matching | Where-Object { -not ($isRehearsal -or $isOver -or $done[$_.ResourceId]) })
foreach ($account in $left) {
    Write-Fact 'NotPurged' $account @{ Reason = 'It lives again: somebody has restored it.' }
}

Write-Fact 'Summary' $null ([ordered] @{
        IsRehearsal = [bool] $isRehearsal; Matched = $matching.Count; Purged = $purged
        Failed = @($failures).Count; NotListed = @($listFailures).Count
    })
$all = @($listFailures) + @($failures)
$failed = ''
if ($all) {
    $more = if ($all.Count -gt 10) { "And $($all.Count - 10) more." }
    $failed = "$($all.Count) failed, $purged purged. $(@($all.Exception.Message)[0..9] -join ' ') $more"
}
if ($isOver) {
    throw ("The filters match $($matching.Count) accounts, and -MaximumCount lets $MaximumCount be purged in one " +
        "run. Nothing was purged. Narrow the filters, or raise -MaximumCount. $failed").TrimEnd()
}
if ($failed) { throw $failed.TrimEnd() }
