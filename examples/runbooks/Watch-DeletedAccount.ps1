<#
.SYNOPSIS
Reports the deleted Cognitive Services accounts of a tenant: by whom, until when, and whether each could be restored.

.DESCRIPTION
A runbook for Azure Automation. It changes nothing in Azure. It writes a fact for each soft-deleted account and a
summary, and, where asked to, a report in HTML and the summary to a webhook. It signs in by managed identity and asks
nothing. It fails at the end where a subscription couldn't be listed or the report couldn't be written; the error names
each.

-WhatIf reads and writes the facts, but neither writes the report nor posts to the webhook.

Lists are typed in the portal as JSON: ["id","id"], or with commas: id,id.

.PARAMETER SubscriptionId
The ids of the subscriptions to look in. Empty: every one that the identity sees.

.PARAMETER ExpiringWithinHours
An account that Azure purges within this time is expiring, and a warning names it.

.PARAMETER ReportPath
Where to write the report: one HTML file that needs nothing else. The disk of a job in the cloud goes with the job; on a
hybrid worker it can be a share. Empty: no file.

.PARAMETER WebhookUri
Where to post the summary as JSON: an https address. Empty: nowhere. Who has it can post to it, so that in Automation it
is better kept in an encrypted variable.

.PARAMETER WebhookVariable
The name of an Automation variable that holds the address of the webhook.

.PARAMETER SendReport
Posts the report too, as 'report' in the JSON: a Logic App can mail or keep it.

.PARAMETER WebhookTimeoutSeconds
How long the webhook may take to answer.

.PARAMETER AsJson
Writes each fact as a line of JSON, for Log Analytics, instead of an object.

.PARAMETER ClientId
The client id of a user-assigned identity. Empty: the system-assigned one.

.PARAMETER Environment
The Azure cloud: AzureCloud, AzureUSGovernment, AzureChinaCloud, or another one that this session knows.

.EXAMPLE
./Watch-DeletedAccount.ps1 -ExpiringWithinHours 12 -ReportPath ./deleted.html

.EXAMPLE
./Watch-DeletedAccount.ps1 -AsJson $true -WebhookVariable CogRecoverWebhook -SendReport $true
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType('CogRecover.RunbookFact', [string])]
param(
    [string[]] $SubscriptionId,
    [int] $ExpiringWithinHours = 12,
    [string] $ReportPath,
    [string] $WebhookUri,
    [string] $WebhookVariable,
    [bool] $SendReport = $false,
    [int] $WebhookTimeoutSeconds = 30,
    [bool] $AsJson = $false,
    [string] $ClientId,
    [string] $Environment = 'AzureCloud'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Automation hands over an empty text for a list that isn't given, and the portal's JSON as one text in some runtimes.
# Any other text without an entry is a mistake, and dropped it would widen what is done.
function Get-Entry([string] $Parameter, [string[]] $Given) {
    if (-not ($Given -match '\S')) { return }
    foreach ($text in $Given) {
        $entries = "$text".Trim()
        if ($entries -match '(?s)^\[.*\]$|"') {
            try { $entries = [System.Text.Json.JsonSerializer]::Deserialize($entries, [string[]]) }
            catch {
                $why = $_.Exception.GetBaseException().Message
                throw "-$Parameter isn't a JSON list: $why Nothing was looked at. Write it as [""one"",""two""]."
            }
        }
        else { $entries = $entries -split ',' }
        if ($entries.Count -eq 0) { throw "-$Parameter is an empty list. Nothing was looked at." }
        foreach ($entry in $entries) {
            if (-not "$entry".Trim()) { throw "-$Parameter has an empty entry. Nothing was looked at." }
            $entry.Trim()
        }
    }
}

function ConvertTo-Line([System.Collections.IDictionary] $Said) {
    [System.Text.Json.JsonSerializer]::Serialize($Said, [System.Collections.IDictionary])
}

function Write-Fact([System.Collections.IDictionary] $Said) {
    if ($AsJson) { return ConvertTo-Line $Said }
    $object = [pscustomobject] $Said
    $object.PSObject.TypeNames.Insert(0, 'CogRecover.RunbookFact')
    $object
}

function New-Fact([string] $Fact, [System.Collections.IDictionary] $More) {
    $said = [ordered] @{ Time = $now; Runbook = 'Watch-DeletedAccount'; Fact = $Fact }
    foreach ($name in $More.Keys) {
        # PowerShell's own nothing isn't null to whoever writes JSON.
        $said[$name] = $null
        if ($null -ne $More[$name]) { $said[$name] = $More[$name].PSObject.BaseObject }
    }
    $said
}

function Write-Failure([string] $Fact, $Failures) {
    foreach ($failure in $Failures) {
        Write-Fact (New-Fact $Fact ([ordered] @{
                    ErrorId = $failure.FullyQualifiedErrorId.Split(',')[0]; Reason = $failure.Exception.Message
                }))
    }
}

function New-AccountFact($Account, $Test) {
    $bad = @($Test.Checks | Where-Object {
            $_.Status -eq 'Failed' -or ($_.Status -eq 'Warning' -and $_.Name -ne 'Retention')
        })
    $left = if ($null -ne $Account.TimeRemaining) { [math]::Round($Account.TimeRemaining.TotalHours, 2) }
    New-Fact 'Deleted' ([ordered] @{
            Name = $Account.Name; ResourceGroupName = $Account.ResourceGroupName; Location = $Account.Location
            SubscriptionId = $Account.SubscriptionId; Kind = $Account.Kind
            DeletionDate = $Account.DeletionDate; ScheduledPurgeDate = $Account.ScheduledPurgeDate
            HoursLeft = $left; IsExpiring = ($null -ne $left -and $left -le $ExpiringWithinHours)
            DeletedBy = $Account.DeletedBy
            CanRestore = if ($Test) { [bool] $Test.CanRestore }
            Obstacle = if ($bad) { "$($bad.Message)" }
            ResourceId = $Account.ResourceId
        })
}

function Get-Key($Account) { $Account.SubscriptionId, $Account.ResourceGroupName, $Account.Name -join '/' }

function ConvertTo-Html([string] $Text) { [System.Net.WebUtility]::HtmlEncode($Text) }

function Format-Date($Date) {
    if ($null -eq $Date) { return 'unknown' }
    $Date.ToString('d MMM HH:mm', [cultureinfo]::InvariantCulture)
}

function Format-Percent([double] $Hours) {
    ([math]::Min(100, [math]::Max(0, ($Hours + 48) / 96 * 100))).ToString('0.##', [cultureinfo]::InvariantCulture) + '%'
}

function Format-Left($Hours) {
    if ($null -eq $Hours) { return 'unknown' }
    $minutes = [int] [math]::Floor($Hours * 60)
    '{0} h {1:00} min' -f [math]::Floor($minutes / 60), ($minutes % 60)
}

# A row's bar stands between 48 hours ago and 48 hours from now: what has passed is pale, what is left is strong.
function Format-Row($Said) {
    $class = if ($Said.CanRestore -eq $false) { 'lost' } elseif ($Said.IsExpiring) { 'soon' } else { 'safe' }
    $bar = $ends = ''
    $told = 'It is not known when this account was deleted.'
    if ($null -ne $Said.DeletionDate -and $null -ne $Said.ScheduledPurgeDate) {
        $start = Format-Percent ($Said.DeletionDate - $now).TotalHours
        $end = Format-Percent ($Said.ScheduledPurgeDate - $now).TotalHours
        $told = "Deleted $(Format-Date $Said.DeletionDate) UTC, purged $(Format-Date $Said.ScheduledPurgeDate) UTC. " +
            "$(Format-Left $Said.HoursLeft) left."
        $bar = "<span class=`"past`" style=`"left:$start;right:50%`"></span>" +
            "<span class=`"left`" style=`"left:50%;right:calc(100% - $end)`"></span>"
        $ends = "<span class=`"ends`" style=`"margin-left:$start`"><span>$(Format-Date $Said.DeletionDate)</span>" +
            "<span>$(Format-Date $Said.ScheduledPurgeDate)</span></span>"
    }
    $restore = if ($Said.CanRestore -eq $false) { '<b class="tag lost">No</b>' }
    elseif ($null -eq $Said.CanRestore) { '<b class="tag">Not known</b>' }
    else { '<b class="tag safe">Yes</b>' }
    $soon = if ($Said.IsExpiring) { ' <b class="tag soon">Expiring</b>' }
    $obstacle = if ($Said.Obstacle) { "<span class=`"note`">$(ConvertTo-Html $Said.Obstacle)</span>" }
    $id = if ($subscriptionsSeen.Count -gt 1) {
        "<span class=`"note id`">$(ConvertTo-Html $Said.SubscriptionId)</span>"
    }
    $where = @($Said.ResourceGroupName, $Said.Location, $Said.Kind | Where-Object { $_ }) -join ' · '
    $by = '<span class="note">unknown</span>'
    if ($Said.DeletedBy) { $by = (ConvertTo-Html $Said.DeletedBy) -replace '@', '<wbr>@' }
    @"
<tr role="row" class="$class">
<th role="rowheader" scope="row">$(ConvertTo-Html $Said.Name)<span class="note">$(ConvertTo-Html $where)</span>
$id</th>
<td role="cell" data-label="Deleted by">$by</td>
<td role="cell" class="time"><div class="track" role="img" aria-label="$(ConvertTo-Html $told)">$bar<i></i></div>
$ends</td>
<td role="cell" data-label="Left" class="num">$(Format-Left $Said.HoursLeft)$soon</td>
<td role="cell" data-label="Restorable">$restore$obstacle</td>
</tr>
"@
}

$style = @'
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d8dee4;
  --safe: #0b7a75; --soon: #b35900; --lost: #b42318; --pale: 22%; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1317; --card: #181d23; --ink: #e8ecf0; --soft: #9aa5b1; --line: #2d353e;
    --safe: #35c2b8; --soon: #f0a04b; --lost: #ff7b72; --pale: 30%; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem clamp(1rem, 4vw, 3rem); background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 78rem; margin: 0 auto; }
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h1 + p { margin: .35rem 0 1.75rem; color: var(--soft); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 0 0 1.75rem; }
dl div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .9rem 1.1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.75rem; line-height: 1.2; font-weight: 650; }
dd.soon { color: var(--soon); } dd.lost { color: var(--lost); }
.wrong { margin: 0 0 1.75rem; padding: .9rem 1.1rem; background: var(--card); border: 1px solid var(--lost);
  border-left-width: .35rem; border-radius: .6rem; }
.wrong h2 { margin: 0 0 .35rem; font-size: 1rem; } .wrong ul { margin: 0; padding-left: 1.1rem; }
table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; background: var(--card);
  border: 1px solid var(--line); border-radius: .6rem; }
caption { padding: 0 0 .6rem; text-align: left; color: var(--soft); font-size: .9rem; }
th, td { padding: .8rem .9rem; text-align: left; vertical-align: top; font-weight: 400; }
tbody th, tbody td { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; overflow-wrap: anywhere; } td { overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: .85rem; vertical-align: bottom; }
.num { width: 9rem; } .num .tag { display: table; margin-top: .3rem; } .by { width: 15%; } .can { width: 19%; }
.note { display: block; color: var(--soft); font-size: .85rem; font-weight: 400; }
.id { font-size: .75rem; }
.time { width: 34%; }
.scale { display: flex; justify-content: space-between; margin-top: .2rem; }
.scale span { width: 0; display: flex; justify-content: center; white-space: nowrap; }
.scale span:first-child { justify-content: flex-start; } .scale span:last-child { justify-content: flex-end; }
.scale .now { color: var(--ink); font-weight: 650; }
.track { position: relative; height: 1.1rem; margin-top: .2rem; border-radius: .3rem; background:
  linear-gradient(90deg, var(--line) 1px, transparent 1px) 0 0 / 25% 100%,
  color-mix(in srgb, var(--line) 30%, transparent); }
.track span { position: absolute; top: .2rem; bottom: .2rem; background: var(--bar); }
.track .past { border-radius: .25rem 0 0 .25rem; opacity: var(--pale); }
.track .left { border-radius: 0 .25rem .25rem 0; min-width: 3px; }
.track i { position: absolute; left: calc(50% - 1px); top: -.15rem; bottom: -.15rem; width: 2px;
  background: var(--ink); }
.ends { display: flex; width: 50%; justify-content: space-between; gap: .4rem; margin-top: .2rem; white-space: nowrap;
  color: var(--soft); font-size: .75rem; }
tr.safe { --bar: var(--safe); } tr.soon { --bar: var(--soon); } tr.lost { --bar: var(--lost); }
.lost .track .left { background: repeating-linear-gradient(135deg, var(--bar) 0 3px, transparent 3px 6px); }
.tag { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .8rem;
  font-weight: 600; }
.tag.safe { color: var(--safe); } .tag.soon { color: var(--soon); } .tag.lost { color: var(--lost); }
.tag + .note { margin-top: .3rem; }
.none { padding: 2.5rem; text-align: center; background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; }
footer { margin-top: 1.25rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 72rem) { .scale span:first-child, .scale span:last-child { visibility: hidden; } }
@media screen and (max-width: 70rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody { display: block; } table { border: 0; background: none; }
  tr { display: block; margin-bottom: .75rem; padding: .9rem 1rem; background: var(--card);
    border: 1px solid var(--line); border-radius: .6rem; }
  tbody th, tbody td { display: block; width: auto; padding: .15rem 0; border: 0; }
  tbody td[class] { width: auto; }
  tbody .time { padding: .5rem 0; } .num .tag { display: inline-block; margin: 0 0 0 .4rem; }
  td[data-label]::before { content: attr(data-label); display: inline-block; min-width: 6.5rem; color: var(--soft);
    font-size: .85rem; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --safe: #0b7a75;
    --soon: #b35900; --lost: #b42318; --pale: 22%; }
  body { padding: 0; font-size: 10pt; } main { max-width: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  thead { display: table-header-group; } tr, .wrong, dl { break-inside: avoid; }
  th, td { padding: .45rem .6rem; } dd { font-size: 1.3rem; } dl { grid-template-columns: repeat(4, 1fr); }
}
'@

function ConvertTo-Report($Facts, [string[]] $Problems, $Summary) {
    $day = $now.ToString('d MMMM yyyy, HH:mm', [cultureinfo]::InvariantCulture)
    $only = if ($subscriptionsSeen.Count -eq 1) { ", subscription $(ConvertTo-Html $Facts[0].SubscriptionId)" }
    $rows = @($Facts | ForEach-Object { Format-Row $_ }) -join "`n"
    $wrong = @($Problems | ForEach-Object { "<li>$(ConvertTo-Html $_)</li>" }) -join ''
    if ($wrong) { $wrong = "<section class=`"wrong`"><h2>This report is not complete</h2><ul>$wrong</ul></section>" }
    $axis = foreach ($hour in -48, -24, 0, 24, 48) {
        $text = if ($hour) { Format-Date $now.AddHours($hour) } else { 'now' }
        "<span$(if (-not $hour) { ' class="now"' })>$($text -replace ' \d\d:\d\d$')</span>"
    }
    $table = if ($rows) {
        @"
<table role="table">
<caption>The 48 hours of each account, from its deletion to its purge. What is left is to the right of now. All times
are UTC.</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Account</th>
<th role="columnheader" scope="col" class="by">Deleted by</th>
<th role="columnheader" scope="col" class="time">Deleted … now … purged
<span class="scale">$($axis -join '')</span></th>
<th role="columnheader" scope="col" class="num">Left</th>
<th role="columnheader" scope="col" class="can">Restorable</th></tr></thead>
<tbody role="rowgroup">
$rows
</tbody></table>
"@
    }
    elseif ($wrong) { '<p class="none">No deleted account was found in what could be listed.</p>' }
    else { '<p class="none">Nothing is deleted: there is no account to restore or to purge.</p>' }
    @"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>Deleted accounts, $day UTC</title>
<style>
$style
</style>
</head>
<body><main>
<h1>Deleted Cognitive Services accounts</h1>
<p><time datetime="$($now.ToString('yyyy-MM-ddTHH:mm:ssZ'))">$day UTC</time>$only</p>
<dl>
<div><dt>deleted</dt><dd>$($Summary.Deleted)</dd></div>
<div><dt>expire within $ExpiringWithinHours hours</dt>
<dd$(if ($Summary.Expiring) { ' class="soon"' })>$($Summary.Expiring)</dd></div>
<div><dt>can't be restored</dt>
<dd$(if ($Summary.NotRestorable) { ' class="lost"' })>$($Summary.NotRestorable)</dd></div>
<div><dt>subscriptions with deleted accounts</dt><dd>$($Summary.Subscriptions)</dd></div>
</dl>
$wrong
$table
<footer>Azure purges a deleted account 48 hours after its deletion. Until then Restore-CognitiveAccount brings it
back.</footer>
</main></body></html>
"@
}

# The address may hold a secret in its path or query: only its host is ever told.
function Send-Summary([uri] $Uri, [System.Collections.IDictionary] $Body) {
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    $client = [System.Net.Http.HttpClient]::new($handler)
    $client.Timeout = [timespan]::FromSeconds($WebhookTimeoutSeconds)
    $content = [System.Net.Http.StringContent]::new(
        (ConvertTo-Line $Body), [System.Text.Encoding]::UTF8, 'application/json')
    $why = $null
    try {
        $answer = $client.PostAsync($Uri, $content).GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { $why = "It answered $([int] $answer.StatusCode)." }
    }
    catch {
        $isLate = $false
        for ($cause = $_.Exception; ; $cause = $cause.InnerException) {
            if ($cause -is [System.OperationCanceledException]) { $isLate = $true }
            if (-not $cause.InnerException) { break }
        }
        $why = if ($isLate) { "It didn't answer within $WebhookTimeoutSeconds s." } else { $cause.Message }
    }
    finally { $client.Dispose() }
    if ($why) { $PSCmdlet.WriteWarning("The webhook at $($Uri.Authority) didn't take the summary. $why") }
}

# The report and the webhook heed it below; the sign-in has to be done anyway.
$isRehearsal = $WhatIfPreference
$WhatIfPreference = $false

$subscriptions = @(Get-Entry 'SubscriptionId' $SubscriptionId)
if ($ExpiringWithinHours -lt 0 -or $ExpiringWithinHours -gt 48) {
    throw "-ExpiringWithinHours is $ExpiringWithinHours. It can be 0 to 48: Azure keeps a deleted account for 48 hours."
}
if ($WebhookTimeoutSeconds -lt 1) { throw "-WebhookTimeoutSeconds is $WebhookTimeoutSeconds. It has to be at least 1." }
if ($WebhookVariable) { $WebhookUri = Get-AutomationVariable -Name $WebhookVariable }
$webhook = $null
if ($WebhookUri -and -not ([uri]::TryCreate($WebhookUri, 'Absolute', [ref] $webhook) -and
        ($webhook.Scheme -eq 'https' -or ($webhook.Scheme -eq 'http' -and $webhook.IsLoopback)))) {
    throw 'The webhook has to be an https address. Nothing was sent to it.'
}

$signIn = @{ Identity = $true; Environment = $Environment; Scope = 'Process'; ErrorAction = 'Stop' }
if ($ClientId) { $signIn.AccountId = $ClientId }
try { $null = Connect-AzAccount @signIn }
catch {
    throw "The managed identity couldn't sign in to ${Environment}: $($_.Exception.Message) Switch on the Automation " +
        "account's system-assigned identity, or give the -ClientId of a user-assigned one that it has."
}

$scope = @{ IncludeDeletedBy = $true }
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
$accounts = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
$tests = @{}
$testFailures = @()
if ($accounts) {
    $accounts | Test-CognitiveAccountRestore -ErrorAction SilentlyContinue -ErrorVariable testFailures |
        ForEach-Object { $tests[(Get-Key $_)] = $_ }
}

$now = [datetime]::UtcNow
$facts = [object[]] @($accounts | ForEach-Object { New-AccountFact $_ $tests[(Get-Key $_)] })
# What is purged first comes first, and what nobody knows the end of last.
$facts = @([System.Linq.Enumerable]::OrderBy($facts, [System.Func[object, long]] {
            param($fact)
            if ($null -eq $fact.ScheduledPurgeDate) { [long]::MaxValue } else { $fact.ScheduledPurgeDate.Ticks }
        }))
foreach ($fact in $facts) { Write-Fact $fact }
Write-Failure 'NotListed' $listFailures
Write-Failure 'NotTested' $testFailures
$expiring = @($facts | Where-Object { $_.IsExpiring })
$unknown = @($facts | Where-Object { -not $_.DeletedBy }).Count
$subscriptionsSeen = @{}
foreach ($fact in $facts) { $subscriptionsSeen[$fact.SubscriptionId] = $true }
$summary = New-Fact 'Summary' ([ordered] @{
        Deleted = $facts.Count; Expiring = $expiring.Count
        NotRestorable = @($facts | Where-Object { $_.CanRestore -eq $false }).Count
        NotTested = @($facts | Where-Object { $null -eq $_.CanRestore }).Count
        DeletedByUnknown = $unknown; Subscriptions = $subscriptionsSeen.Count; NotListed = @($listFailures).Count
    })
Write-Fact $summary
if ($expiring) {
    $named = @($expiring | ForEach-Object { "$($_.Name) ($($_.ResourceGroupName), $(Format-Left $_.HoursLeft))" })
    $PSCmdlet.WriteWarning("Azure purges $($expiring.Count) of the deleted accounts within $ExpiringWithinHours " +
        "hours: $($named -join ', ').")
}

$failures = [System.Collections.Generic.List[string]] [string[]] @(
    (@($listFailures) + @($testFailures)) | ForEach-Object { $_.Exception.Message })
# No failure: the Activity Log is late, and may be closed to the identity.
$gaps = @(if ($unknown) { "Who deleted $unknown of the accounts isn't known: the Activity Log doesn't say." })
$report = if ($ReportPath -or $SendReport) { ConvertTo-Report $facts (@($failures) + $gaps) $summary }
$WhatIfPreference = $isRehearsal
if ($ReportPath -and $PSCmdlet.ShouldProcess($ReportPath, 'Write the report')) {
    try { [System.IO.File]::WriteAllText($PSCmdlet.GetUnresolvedProviderPathFromPSPath($ReportPath), $report) }
    catch {
        $failures.Add("The report couldn't be written to '$ReportPath': $($_.Exception.GetBaseException().Message)")
    }
}
if ($webhook -and $PSCmdlet.ShouldProcess("the webhook at $($webhook.Authority)", 'Post the summary')) {
    $body = [ordered] @{ summary = $summary; accounts = $facts; problems = [string[]] (@($failures) + $gaps) }
    if ($SendReport) { $body.report = $report }
    Send-Summary $webhook $body
}
if ($failures) {
    $more = if ($failures.Count -gt 10) { "And $($failures.Count - 10) more." }
    $named = @($failures)[0..9] -join ' '
    throw "$($failures.Count) failed, so that this is not complete. $named $more".TrimEnd()
}
