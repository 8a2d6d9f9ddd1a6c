<#
.SYNOPSIS
Reports the deleted Cognitive Services accounts of a tenant: who deleted them, when Azure purges them, and whether they
can be restored.

.DESCRIPTION
This runbook for Azure Automation changes nothing in Azure. It signs in with a managed identity, and doesn't ask
questions. It writes a fact for each soft-deleted account, and a summary. It can also write an HTML report, and post the
summary to a webhook. If a subscription can't be listed, an account can't be tested, or the report can't be written, the
runbook continues, and fails at the end. The error says what failed.

With -WhatIf, the runbook writes the facts, but doesn't write the report or post to the webhook.

In the portal, type a list as JSON: ["id","id"], or with commas: id,id.

.PARAMETER SubscriptionId
The ids of the subscriptions to search. If it's empty, the runbook searches all subscriptions that the identity can see.

.PARAMETER ExpiringWithinHours
Accounts that Azure purges within this time are marked as expiring, and a warning names them.

.PARAMETER CreateResourceGroup
Whether to test a restore that creates missing resource groups. Use the value that Restore-UnexpectedDeletion has.

.PARAMETER RestoreDependency
Whether to test a restore that first restores what the accounts need. Use the value that Restore-UnexpectedDeletion has.

.PARAMETER ReportPath
The file to write the report to. The report is one self-contained HTML file. In the cloud, the disk of a job is deleted
with the job. On a hybrid worker, the file can be on a share. If it's empty, no report is written.

.PARAMETER WebhookUri
The https address to post the summary to, as JSON. If it's empty, nothing is posted. Everybody who knows the address can
post to it. In Azure Automation, keep it in an encrypted variable, and use -WebhookVariable.

.PARAMETER WebhookVariable
The name of the Automation variable that has the address of the webhook.

.PARAMETER SendReport
Also posts the report, as 'report' in the JSON. A Logic App can mail or store it.

.PARAMETER WebhookTimeoutSeconds
How many seconds to wait for the response of the webhook.

.PARAMETER AsJson
Writes each fact as a line of JSON, for Log Analytics, and not as an object.

.PARAMETER ClientId
The client id of a user-assigned identity. If it's empty, the runbook uses the system-assigned identity.

.PARAMETER Environment
The Azure cloud: AzureCloud, AzureUSGovernment, AzureChinaCloud, or another environment of this session.

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
    [bool] $CreateResourceGroup = $true,
    [bool] $RestoreDependency = $false,
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
$runbook = 'Watch-DeletedAccount'
$undone = 'Nothing was read.'
$told = [System.Collections.Generic.List[object]]::new()

# --- The same in all three runbooks: in Azure Automation, a runbook is one file ---

# Automation passes an empty string for a list that isn't given. Some runtimes pass the portal's JSON as one string.
# Another string without an entry is a mistake. If it were ignored, more accounts would be restored or purged.
function Get-Entry([string] $Parameter, [string[]] $Given, [switch] $IsTag) {
    if (-not ($Given -match '\S')) { return }
    foreach ($text in $Given) {
        $entries = "$text".Trim()
        if ($entries -match '(?s)^\[.*\]$|"') {
            try { $entries = [System.Text.Json.JsonSerializer]::Deserialize($entries, [string[]]) }
            catch {
                $why = $_.Exception.GetBaseException().Message
                throw "-$Parameter isn't a JSON list: $why $undone Write it as [""one"",""two""]."
            }
        }
        elseif (-not $IsTag) { $entries = $entries -split ',' }
        if ($entries.Count -eq 0) { throw "-$Parameter is an empty list. $undone" }
        foreach ($entry in $entries) {
            if (-not "$entry".Trim()) { throw "-$Parameter has an empty entry. $undone" }
            $entry.Trim()
        }
    }
}

function New-Fact([string] $Fact, $Account, [System.Collections.IDictionary] $More = @{}) {
    $said = [ordered] @{ Time = [datetime]::UtcNow; Runbook = $runbook; Fact = $Fact }
    if ($Account) {
        $names = 'Name', 'ResourceGroupName', 'Location', 'SubscriptionId', 'SubscriptionName', 'Kind', 'DeletionDate',
            'ScheduledPurgeDate', 'DeletedBy'
        foreach ($name in $names) { $said[$name] = $Account.$name }
    }
    foreach ($name in $More.Keys) {
        # The JSON serializer doesn't write PowerShell's AutomationNull as null.
        $said[$name] = $null
        if ($null -ne $More[$name]) { $said[$name] = $More[$name].PSObject.BaseObject }
    }
    $said
}

function ConvertTo-Line([System.Collections.IDictionary] $Said) {
    [System.Text.Json.JsonSerializer]::Serialize($Said, [System.Collections.IDictionary])
}

# Writes a fact, and saves it for the report and the webhook.
function Write-Fact([System.Collections.IDictionary] $Said) {
    $told.Add($Said)
    if ($AsJson) { return ConvertTo-Line $Said }
    $object = [pscustomobject] $Said
    $object.PSObject.TypeNames.Insert(0, 'CogRecover.RunbookFact')
    $object
}

# A command for whoever reads it, whose context is that of another subscription.
function Get-NextCommand($Command, $SubscriptionId) {
    $isOfAz = $Command -match '^[a-z]+-Az' -and $Command -notmatch '^(Set-AzContext|Connect-Az)| -(Scope|SubscriptionId) '
    if ($isOfAz -and $SubscriptionId) { "Set-AzContext -Subscription '$SubscriptionId'; $Command" } else { $Command }
}

function Get-Message($Failure) { "$($Failure.Exception.Message) $($Failure.ErrorDetails.RecommendedAction)".Trim() }

# A fact about a failure, with its account or subscription. NextCommand can be pasted as it is, or is null.
function New-Failure([string] $Fact, [System.Management.Automation.ErrorRecord] $Failure) {
    $account = $Failure.TargetObject
    $more = [ordered] @{}
    if ($account -isnot [CogRecover.DeletedCognitiveAccount]) {
        $isGuid = $account -match '^(/subscriptions/)?(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})'
        # If the subscriptions themselves couldn't be listed, it is the tenant.
        if ($isGuid -and $Matches.id -ne (Get-AzContext).Tenant.Id) { $more.SubscriptionId = $Matches.id }
        $account = $null
    }
    $more.ErrorId = $Failure.FullyQualifiedErrorId.Split(',')[0]
    $more.Reason = $Failure.Exception.Message
    $more.Recommendation = $Failure.ErrorDetails.RecommendedAction
    $of = if ($account) { $account.SubscriptionId } else { $more.SubscriptionId }
    $more.NextCommand = Get-NextCommand $Failure.Exception.NextCommand $of
    if ($more.ErrorId -eq 'AuthorizationFailed' -and
        $more.Recommendation -match "(-RoleDefinitionName|such as|the role) '(?<role>[^']+)'") {
        $more.Role = $Matches.role
    }
    New-Fact $Fact $account $more
}

function ConvertTo-Html([string] $Text) { [System.Net.WebUtility]::HtmlEncode($Text) }

# If a subscription couldn't be listed, the count is only a lower limit.
function Format-Count($Count) {
    if (-not $listFailures) { return "$Count" }
    if ($Count) { "at least $Count" } else { 'unknown' }
}

# The subscriptions of the facts, with their names. If only one was searched, the page has it under its title.
function Get-Scope {
    $found = @{}
    foreach ($said in $told) { if ($said.SubscriptionId) { $found[$said.SubscriptionId] = $said.SubscriptionName } }
    $found
}

function Format-Account($Said) {
    $where = @($Said.ResourceGroupName, $Said.Location, $Said.Kind | Where-Object { $_ }) -join ' · '
    $of = if ($subscriptions.Count -ne 1) {
        "<span class=`"note`">$(ConvertTo-Html $Said.SubscriptionName)</span>" +
        "<span class=`"note id`">$(ConvertTo-Html $Said.SubscriptionId)</span>"
    }
    "<th role=`"rowheader`" scope=`"row`">$(ConvertTo-Html $Said.Name)<span class=`"note`">$(ConvertTo-Html $where)" +
        "</span>$of</th>"
}

function Format-Command([string] $Command) {
    if (-not $Command) { return }
    # A line can break before a parameter, but not after its hyphen.
    "<code>$((ConvertTo-Html $Command) -replace '(?<= )-\w+', '<span>$0</span>')</code>"
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
dd.soon { color: var(--soon); } dd.lost { color: var(--lost); } dd.part { font-size: 1.25rem; line-height: 2.1rem; }
.wrong { margin: 0 0 1.75rem; padding: .9rem 1.1rem; background: var(--card); border: 1px solid var(--lost);
  border-left-width: .35rem; border-radius: .6rem; overflow-wrap: anywhere; }
.wrong h2 { margin: 0 0 .35rem; font-size: 1rem; } .wrong ul { margin: 0; padding-left: 1.1rem; }
table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; background: var(--card);
  border: 1px solid var(--line); border-radius: .6rem; }
caption { padding: 0 0 .6rem; text-align: left; color: var(--soft); font-size: .9rem; }
th, td { padding: .8rem .9rem; text-align: left; vertical-align: top; font-weight: 400; }
tbody th, tbody td { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; overflow-wrap: anywhere; } td { overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: .85rem; vertical-align: bottom; }
.note { display: block; color: var(--soft); font-size: .85rem; font-weight: 400; }
.id { font-size: .75rem; } .what { width: 9rem; } .next { width: 32%; }
code { display: block; font: .8rem/1.45 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
code span { white-space: nowrap; } .note + code, .tag + code { margin-top: .3rem; }
.tag { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .8rem;
  font-weight: 600; }
.tag.safe { color: var(--safe); } .tag.soon { color: var(--soon); } .tag.lost { color: var(--lost); }
.tag + .note { margin-top: .3rem; }
.none { padding: 2.5rem; text-align: center; background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; }
footer { margin-top: 1.25rem; color: var(--soft); font-size: .85rem; }
@media screen and (max-width: 70rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody { display: block; } table { border: 0; background: none; }
  tr { display: block; margin-bottom: .75rem; padding: .9rem 1rem; background: var(--card);
    border: 1px solid var(--line); border-radius: .6rem; }
  tbody th, tbody td { display: block; width: auto; padding: .15rem 0; border: 0; }
  tbody td[class] { width: auto; } tbody td:empty { display: none; }
  td[data-label]::before { content: attr(data-label); display: inline-block; min-width: 6.5rem; color: var(--soft);
    font-size: .85rem; }
  td.why::before { display: block; }
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

# A self-contained HTML page. Each tile is a label, a number and a CSS class. The problems are at the top.
function New-Page([string] $Title, $Tiles, [string[]] $Problems, [string] $Content, [string] $Footer) {
    $now = [datetime]::UtcNow
    $day = $now.ToString('d MMMM yyyy, HH:mm', [cultureinfo]::InvariantCulture)
    $only = foreach ($id in $scopes.Keys) {
        $named = if ($scopes[$id]) { "$($scopes[$id]) ($id)" } else { $id }
        ", subscription $(ConvertTo-Html $named)"
    }
    if ($subscriptions.Count -ne 1) { $only = '' }
    $numbers = foreach ($tile in $Tiles) {
        $class = if ($tile[1] -match '\D') { 'part' } elseif ($tile[1] -ne '0') { $tile[2] }
        "<div><dt>$($tile[0])</dt><dd class=`"$class`">$($tile[1])</dd></div>"
    }
    $wrong = @(foreach ($problem in $Problems | Where-Object { $_ }) {
            $failure = @($listFailures | Where-Object { $_.Exception.Message -eq $problem })[0]
            "<li>$(ConvertTo-Html $problem)" +
            "<span class=`"note`">$(ConvertTo-Html $failure.ErrorDetails.RecommendedAction)</span></li>"
        }) -join ''
    if ($wrong) { $wrong = "<section class=`"wrong`"><h2>This report is not complete</h2><ul>$wrong</ul></section>" }
    @"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>$Title, $day UTC</title>
<style>
$style
</style>
</head>
<body><main>
<h1>$Title</h1>
<p><time datetime="$($now.ToString('yyyy-MM-ddTHH:mm:ssZ'))">$day UTC</time>$only</p>
<dl>
$($numbers -join "`n")
</dl>
$wrong
$Content
<footer>$Footer</footer>
</main></body></html>
"@
}

function Get-Webhook {
    if ($WebhookTimeoutSeconds -lt 1) {
        throw "-WebhookTimeoutSeconds is $WebhookTimeoutSeconds. It must be at least 1."
    }
    $address = if ($WebhookVariable) { Get-AutomationVariable -Name $WebhookVariable } else { $WebhookUri }
    if (-not $address) { return }
    $uri = $null
    if (-not ([uri]::TryCreate($address, 'Absolute', [ref] $uri) -and
            ($uri.Scheme -eq 'https' -or ($uri.Scheme -eq 'http' -and $uri.IsLoopback)))) {
        throw 'The webhook needs an https address. Nothing was sent to it.'
    }
    $uri
}

# The path or query of the address can have a secret, so messages have only its host.
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
        if (-not $answer.IsSuccessStatusCode) { $why = "It returned status $([int] $answer.StatusCode)." }
    }
    catch {
        $isLate = $false
        for ($cause = $_.Exception; ; $cause = $cause.InnerException) {
            if ($cause -is [System.OperationCanceledException]) { $isLate = $true }
            if (-not $cause.InnerException) { break }
        }
        $why = if ($isLate) { "It didn't respond within $WebhookTimeoutSeconds s." } else { $cause.Message }
    }
    finally { $client.Dispose() }
    if ($why) { $PSCmdlet.WriteWarning("The webhook at $($Uri.Authority) didn't confirm the summary. $why") }
}

# Writes the report and posts the summary. Returns a message if the report can't be written.
function Publish-Result([System.Collections.IDictionary] $Summary, $Facts, [string[]] $Problems, [string] $Report) {
    if ($ReportPath -and $PSCmdlet.ShouldProcess($ReportPath, 'Write the report')) {
        try { [System.IO.File]::WriteAllText($PSCmdlet.GetUnresolvedProviderPathFromPSPath($ReportPath), $Report) }
        catch {
            $failed = "The report couldn't be written to '$ReportPath': $($_.Exception.GetBaseException().Message)"
            $Problems = @($failed) + $Problems
            $failed
        }
    }
    if ($webhook -and $PSCmdlet.ShouldProcess("the webhook at $($webhook.Authority)", 'Post the summary')) {
        $body = [ordered] @{
            summary = $Summary; accounts = [object[]] $Facts; problems = [string[]] @($Problems | Where-Object { $_ })
        }
        if ($SendReport) { $body.report = $Report }
        Send-Summary $webhook $body
    }
}

function Connect-Identity {
    $signIn = @{ Identity = $true; Environment = $Environment; Scope = 'Process'; ErrorAction = 'Stop' }
    if ($ClientId) { $signIn.AccountId = $ClientId }
    try { $null = Connect-AzAccount @signIn }
    catch {
        throw "The managed identity couldn't sign in to ${Environment}: $($_.Exception.Message) Enable the " +
            'system-assigned identity of the Automation account, or give the -ClientId of its user-assigned identity.'
    }
}

# --- Until here ---

function New-AccountFact($Account, $Test) {
    $bad = @($Test.Checks | Where-Object {
            $_.Status -eq 'Failed' -or ($_.Status -eq 'Warning' -and $_.Name -ne 'Retention')
        })
    $left = if ($null -ne $Account.TimeRemaining) { [math]::Round($Account.TimeRemaining.TotalHours, 2) }
    New-Fact 'Deleted' $Account ([ordered] @{
            HoursLeft = $left; IsExpiring = ($null -ne $left -and $left -le $ExpiringWithinHours)
            CanRestore = if ($Test) { [bool] $Test.CanRestore }
            Obstacle = if ($bad) { "$($bad.Message)" }
            Recommendation = if ($bad.RecommendedAction) { "$($bad.RecommendedAction)" }
            NextCommand = Get-NextCommand @($bad.NextCommand | Where-Object { $_ })[0] $Account.SubscriptionId
            ResourceId = $Account.ResourceId
        })
}

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

# The scale of a bar is from 48 hours ago to 48 hours from now. The past part is pale, and the rest is strong.
function Format-Row($Said) {
    $class = if ($Said.CanRestore -eq $false) { 'lost' } elseif ($Said.IsExpiring) { 'soon' } else { 'safe' }
    $bar = $ends = ''
    $told = 'It is not known when this account was deleted.'
    if ($null -ne $Said.DeletionDate -and $null -ne $Said.ScheduledPurgeDate) {
        $start = Format-Percent ($Said.DeletionDate - $now).TotalHours
        $end = Format-Percent ($Said.ScheduledPurgeDate - $now).TotalHours
        $told = "Deleted $(Format-Date $Said.DeletionDate) UTC, " +
            "to be purged $(Format-Date $Said.ScheduledPurgeDate) UTC. $(Format-Left $Said.HoursLeft) left."
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
    $by = '<span class="note">unknown</span>'
    if ($Said.DeletedBy) { $by = (ConvertTo-Html $Said.DeletedBy) -replace '@', '<wbr>@' }
    @"
<tr role="row" class="$class">
$(Format-Account $Said)
<td role="cell" data-label="Deleted by">$by</td>
<td role="cell" class="time"><div class="track" role="img" aria-label="$(ConvertTo-Html $told)">$bar<i></i></div>
$ends</td>
<td role="cell" data-label="Left" class="num">$(Format-Left $Said.HoursLeft)$soon</td>
<td role="cell" data-label="Restorable">$restore$obstacle$(Format-Command $Said.NextCommand)</td>
</tr>
"@
}

$style += @'

.num { width: 9rem; } .num .tag { display: table; margin-top: .3rem; } .by { width: 14%; } .can { width: 22%; }
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
@media (max-width: 72rem) { .scale span:first-child, .scale span:last-child { visibility: hidden; } }
@media screen and (max-width: 70rem) {
  tbody .time { padding: .5rem 0; } .num .tag { display: inline-block; margin: 0 0 0 .4rem; }
}
'@

function ConvertTo-Report($Facts, [string[]] $Problems, $Summary) {
    $rows = @($Facts | ForEach-Object { Format-Row $_ }) -join "`n"
    $axis = foreach ($hour in -48, -24, 0, 24, 48) {
        $text = if ($hour) { Format-Date $now.AddHours($hour) } else { 'now' }
        "<span$(if (-not $hour) { ' class="now"' })>$($text -replace ' \d\d:\d\d$')</span>"
    }
    $table = if ($rows) {
        @"
<table role="table">
<caption>Each bar shows the 48 hours from the deletion of an account to its purge. The time that is left is to the right
of now. All times are UTC.</caption>
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
    elseif ($Problems) { '<p class="none">No deleted account was found in the subscriptions that could be listed.</p>' }
    else { '<p class="none">No deleted account was found.</p>' }
    New-Page 'Deleted Cognitive Services accounts' -Problems $Problems -Content $table -Tiles @(
        , ('deleted', (Format-Count $Summary.Deleted))
        , ("expire within $ExpiringWithinHours hours", (Format-Count $Summary.Expiring), 'soon')
        , ("can't be restored", (Format-Count $Summary.NotRestorable), 'lost')
        , ('subscriptions with deleted accounts', (Format-Count $Summary.Subscriptions))
    ) -Footer ('Azure purges a deleted account 48 hours after its deletion. Until then, you can restore it with ' +
        'Restore-CognitiveAccount.')
}

# -WhatIf applies to the report and the webhook below, but not to the sign-in.
$isRehearsal = $WhatIfPreference
$WhatIfPreference = $false

$subscriptions = @(Get-Entry 'SubscriptionId' $SubscriptionId)
if ($ExpiringWithinHours -lt 0 -or $ExpiringWithinHours -gt 48) {
    throw "-ExpiringWithinHours is $ExpiringWithinHours. It must be from 0 to 48, because Azure keeps a " +
        'deleted account for 48 hours.'
}
$webhook = Get-Webhook

Connect-Identity

$scope = @{ IncludeDeletedBy = $true }
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
$accounts = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
$tests = @{}
$testFailures = @()
if ($accounts) {
    $how = @{ CreateResourceGroup = $CreateResourceGroup; RestoreDependency = $RestoreDependency }
    $accounts | Test-CognitiveAccountRestore @how -ErrorAction SilentlyContinue -ErrorVariable testFailures |
        ForEach-Object { $tests[$_.ResourceId] = $_ }
}

$now = [datetime]::UtcNow
$facts = [object[]] @($accounts | ForEach-Object { New-AccountFact $_ $tests[$_.ResourceId] })
# Soonest purge first. Accounts whose time of purge isn't known come last.
$facts = @([System.Linq.Enumerable]::OrderBy($facts, [System.Func[object, long]] {
            param($fact)
            if ($null -eq $fact.ScheduledPurgeDate) { [long]::MaxValue } else { $fact.ScheduledPurgeDate.Ticks }
        }))
foreach ($fact in $facts) { Write-Fact $fact }
foreach ($failure in $listFailures) { Write-Fact (New-Failure 'NotListed' $failure) }
foreach ($failure in $testFailures) { Write-Fact (New-Failure 'NotTested' $failure) }
$expiring = @($facts | Where-Object { $_.IsExpiring })
$unknown = @($facts | Where-Object { -not $_.DeletedBy }).Count
$subscriptionsSeen = @{}
foreach ($fact in $facts) { $subscriptionsSeen[$fact.SubscriptionId] = $true }
$numbers = [ordered] @{
    Deleted = $facts.Count; Expiring = $expiring.Count
    NotRestorable = @($facts | Where-Object { $_.CanRestore -eq $false }).Count
    NotTested = @($facts | Where-Object { $null -eq $_.CanRestore }).Count
    DeletedByUnknown = $unknown; Subscriptions = $subscriptionsSeen.Count
}
# If nothing was found, and a subscription couldn't be listed, the counts aren't known.
if ($listFailures -and -not $facts) { foreach ($name in @($numbers.Keys)) { $numbers[$name] = $null } }
$numbers.NotListed = @($listFailures).Count
$summary = New-Fact 'Summary' $null $numbers
Write-Fact $summary
if ($expiring) {
    $named = @($expiring | ForEach-Object { "$($_.Name) ($($_.ResourceGroupName), $(Format-Left $_.HoursLeft))" })
    $PSCmdlet.WriteWarning("Azure purges $($expiring.Count) of the deleted accounts within $ExpiringWithinHours " +
        "hours: $($named -join ', ').")
}

$failures = [System.Collections.Generic.List[string]] [string[]] @(
    (@($listFailures) + @($testFailures)) | ForEach-Object { Get-Message $_ })
# This isn't a failure: the Activity Log can be late, or the identity may not be allowed to read it.
$gaps = @(if ($unknown) {
        "It isn't known who deleted $unknown of the accounts. The Activity Log doesn't say, or the identity can't " +
            'read it.'
    })
$problems = @((@($listFailures) + @($testFailures)) | ForEach-Object { $_.Exception.Message }) + $gaps
$scopes = Get-Scope
$report = if ($ReportPath -or $SendReport) { ConvertTo-Report $facts $problems $summary }
$WhatIfPreference = $isRehearsal
foreach ($failed in Publish-Result $summary $facts $problems $report) { $failures.Add($failed) }
if ($failures) {
    $more = if ($failures.Count -gt 10) { "And $($failures.Count - 10) more." }
    $named = @($failures)[0..9] -join ' '
    throw "$($failures.Count) failed, so the result isn't complete. $named $more".TrimEnd()
}
