<#
.SYNOPSIS
Permanently purges deleted Cognitive Services accounts, to free their names and quota, and to end their costs.

.DESCRIPTION
This runbook for Azure Automation purges the soft-deleted accounts that match all filters. It signs in with a managed
identity, and doesn't ask questions. It writes a fact for each account, and a summary.

A purge can't be undone. The runbook doesn't run without a filter, or with a filter that matches everything. If more
accounts match than -MaximumCount, it purges none. If something fails, the runbook continues with the other accounts,
and fails at the end. The error says what failed.

In the portal, type a list as JSON: ["rg-*-test","rg-pr-*"]. You can also use commas, except for tags: rg-*-test,rg-pr-*

.PARAMETER ResourceGroupName
Purges only accounts of these resource groups. You can use wildcards.

.PARAMETER Tag
Purges only accounts with one of these tags. Give a name, or name=value, such as "env=test". You can use wildcards.

.PARAMETER Kind
Purges only accounts of these kinds, such as OpenAI. You can use wildcards.

.PARAMETER MinimumAgeHours
Purges only accounts that were deleted at least this many hours ago: 0 to 47. 0 is no filter.

.PARAMETER MaximumCount
The maximum number of accounts to purge in one run. If more accounts match, none is purged.

.PARAMETER SubscriptionId
The ids of the subscriptions to search. If it's empty, the runbook searches all subscriptions that the identity can see.
This isn't a filter.

.PARAMETER ReportOnly
Purges nothing, and writes which accounts would be purged. Use it in the portal, which has no -WhatIf.

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
$runbook = 'Clear-DeletedAccount'
$undone = 'Nothing was purged.'
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

function Get-Pattern([string] $Parameter, [string[]] $Given, [switch] $IsTag) {
    foreach ($entry in Get-Entry $Parameter $Given -IsTag:$IsTag) {
        $parts = if ($IsTag) { $entry -split '=', 2 } else { $entry }
        foreach ($part in $parts) {
            try { $null = [WildcardPattern]::Get($part.Trim(), 'IgnoreCase').IsMatch('') }
            catch { throw "-$Parameter '$entry' isn't a valid wildcard pattern. $undone" }
        }
        $entry
    }
}

function Format-Row($Said) {
    $class = switch -Regex ($Said.Fact) { 'Fail|^Not' { 'lost' } '^Would' { 'soon' } 'ed$' { 'safe' } }
    if ($Said.Fact -eq 'Excluded') { $class = '' }
    $what = [regex]::Replace($Said.Fact, '(?<=.)[A-Z]', { " $($args[0].Value.ToLowerInvariant())" })
    @"
<tr role="row">
$(if ($Said.Name) { Format-Account $Said }
else { "<th role=`"rowheader`" scope=`"row`">$(ConvertTo-Html $Said.SubscriptionId)</th>" })
<td role="cell" data-label="Outcome"><b class="tag $class">$what</b></td>
<td role="cell" data-label="Why" class="why">$(ConvertTo-Html $Said.Reason)</td>
<td role="cell" data-label="Next command">$(if ($Said.NextCommand) { Format-Command $Said.NextCommand }
elseif ($Said.Recommendation) { "<span class=`"note`">$(ConvertTo-Html $Said.Recommendation)</span>" })</td>
</tr>
"@
}

function ConvertTo-Report([string] $Title, $Tiles, $Facts, [string[]] $Problems) {
    $rows = @($Facts | ForEach-Object { Format-Row $_ }) -join "`n"
    $content = if ($rows) {
        @"
<table role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Account</th>
<th role="columnheader" scope="col" class="what">Outcome</th>
<th role="columnheader" scope="col">Why</th>
<th role="columnheader" scope="col" class="next">Next command</th></tr></thead>
<tbody role="rowgroup">
$rows
</tbody></table>
"@
    }
    elseif ($Problems) { '<p class="none">No deleted account was found in the subscriptions that could be listed.</p>' }
    else { '<p class="none">There was nothing to do.</p>' }
    New-Page $Title $Tiles $Problems $content 'Azure purges a deleted account 48 hours after its deletion.'
}

# Apart from its wildcards, a pattern needs a letter or a digit. Otherwise, it can match everything.
function Assert-Narrow([string] $Parameter, [string[]] $Pattern) {
    foreach ($one in $Pattern) {
        if (($one -replace '\[[^\]]*\]', '') -notmatch '[\p{L}\p{Nd}]') {
            throw "-$Parameter '$one' matches everything. $undone Give a narrower pattern."
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
# An [int] would round half an hour to 0, which is no filter.
if ($MinimumAgeHours -notin 0..47) {
    throw "-MinimumAgeHours is $MinimumAgeHours. It must be a whole number from 0 to 47, because Azure " +
        'purges a deleted account after 48 hours.'
}
if ($MaximumCount -lt 1) { throw "-MaximumCount is $MaximumCount. It must be at least 1." }
if (-not ($groups -or $tags -or $kinds -or $MinimumAgeHours)) {
    throw 'No filter is given. Nothing was purged. Give -ResourceGroupName, -Tag, -Kind or -MinimumAgeHours.'
}
$webhook = Get-Webhook
$isWhatIf = $WhatIfPreference
$isRehearsal = $isWhatIf -or $ReportOnly
# The facts say what would be done, because the host of a runbook doesn't show What if messages.
$WhatIfPreference = $false

Connect-Identity

$scope = @{}
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
if ($groups) { $scope.ResourceGroupName = $groups }
if ($kinds) { $scope.Kind = $kinds }
if ($tags) { $scope.Tag = $tags }
# This filter excludes an account whose time of deletion isn't known.
if ($MinimumAgeHours) { $scope.DeletedBefore = [datetime]::UtcNow.AddHours(-$MinimumAgeHours) }
$matching = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
foreach ($failure in $listFailures) { Write-Fact (New-Failure 'NotListed' $failure) }
$isOver = $matching.Count -gt $MaximumCount

$failures = @()
$done = @{}
$purged = $wouldPurge = 0
if ($isOver) {
    $why = "The filters match $($matching.Count) accounts, and -MaximumCount is $MaximumCount."
    foreach ($account in $matching) { Write-Fact (New-Fact 'NotPurged' $account @{ Reason = $why }) }
}
elseif ($isRehearsal) {
    $wouldPurge = $matching.Count
    foreach ($account in $matching) { Write-Fact (New-Fact 'WouldPurge' $account) }
}
elseif ($matching -and $PSCmdlet.ShouldProcess("$($matching.Count) deleted accounts", 'Permanently purge')) {
    $how = @{ Force = $true; PassThru = $true; Confirm = $false; ErrorAction = 'SilentlyContinue' }
    $matching | Remove-DeletedCognitiveAccount @how -ErrorVariable failures | ForEach-Object {
        $done[$_.ResourceId] = $true
        $purged++
        Write-Fact (New-Fact 'Purged' $_)
    }
}
foreach ($failure in $failures) {
    $done["$($failure.TargetObject.ResourceId)"] = $true
    Write-Fact (New-Failure 'Failed' $failure)
}
$left = @($matching | Where-Object { -not ($isRehearsal -or $isOver -or $done[$_.ResourceId]) })
foreach ($account in $left) {
    Write-Fact (New-Fact 'NotPurged' $account @{ Reason = 'It is live again.' })
}

$facts = @($told)
$summary = New-Fact 'Summary' $null ([ordered] @{
        IsRehearsal = [bool] $isRehearsal; Matched = $matching.Count; Purged = $purged; WouldPurge = $wouldPurge
        Failed = @($failures).Count; NotListed = @($listFailures).Count
    })
if ($listFailures -and -not $matching) { $summary.Matched = $summary.WouldPurge = $null }
Write-Fact $summary
$all = [System.Collections.Generic.List[string]] [string[]] @(
    (@($listFailures) + @($failures)) | ForEach-Object { Get-Message $_ })
$problems = [string[]] @($listFailures | ForEach-Object { $_.Exception.Message })
$over = "The filters match $($matching.Count) accounts, and -MaximumCount is $MaximumCount. Nothing was purged. " +
    'Narrow the filters, or increase -MaximumCount.'
if ($isOver) { $problems = @($over) + $problems }
$tiles = @(
    , $(if ($isRehearsal) { 'would be purged', (Format-Count $wouldPurge), 'soon' } else { 'purged', "$purged" })
    , ('failed', "$(@($failures).Count)", 'lost')
    , ('match the filters', (Format-Count $summary.Matched))
)
$title = if ($isRehearsal) { 'Accounts that would be purged' } else { 'Purged Cognitive Services accounts' }
$scopes = Get-Scope
$report = if ($ReportPath -or $SendReport) { ConvertTo-Report $title $tiles $facts $problems }
$WhatIfPreference = $isWhatIf
foreach ($failed in Publish-Result $summary $facts $problems $report) { $all.Add($failed) }
$failed = ''
if ($all) {
    $more = if ($all.Count -gt 10) { "And $($all.Count - 10) more." }
    $failed = "$($all.Count) failed, $purged purged. $(@($all)[0..9] -join ' ') $more"
}
if ($isOver) { throw "$over $failed".TrimEnd() }
if ($failed) { throw $failed.TrimEnd() }
