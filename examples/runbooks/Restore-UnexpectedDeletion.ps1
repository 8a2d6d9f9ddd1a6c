<#
.SYNOPSIS
Restores deleted Cognitive Services accounts, except those that were meant to be deleted.

.DESCRIPTION
This runbook for Azure Automation restores soft-deleted accounts. You can exclude accounts by tag, by the person or
pipeline that deleted them, and by the time since their deletion. The runbook signs in with a managed identity, and
doesn't ask questions. It writes a fact for each account, and a summary. If something fails, the runbook continues with
the other accounts, and fails at the end. The error says what failed.

In the portal, type a list as JSON: ["rg-ai-*","rg-web-*"]. You can also use commas, except for tags: rg-ai-*,rg-web-*

.PARAMETER SubscriptionId
The ids of the subscriptions to search. If it's empty, the runbook searches all subscriptions that the identity can see.

.PARAMETER ResourceGroupName
Restores only accounts of these resource groups. You can use wildcards. If it's empty, the runbook restores the accounts
of all resource groups.

.PARAMETER ExcludeTag
Excludes accounts with one of these tags. Give a name, or name=value, such as "decommissioned" or "lifecycle=ret*". You
can use wildcards.

.PARAMETER ExcludeDeletedBy
Excludes accounts that one of these deleted. Give the name of a user, or the object id of a pipeline's application. You
can use wildcards. If the Activity Log doesn't say who deleted an account, the account is restored, with a warning. A
restore loses nothing.

.PARAMETER LeaveUnknown
Also excludes accounts if the Activity Log doesn't say who deleted them. It has an effect only with -ExcludeDeletedBy.

.PARAMETER MaximumAgeHours
Excludes accounts that were deleted more than this many hours ago: 1 to 48. Azure keeps a deleted account for 48 hours.

.PARAMETER CreateResourceGroup
Whether to create the resource group of an account if it's gone.

.PARAMETER RestoreDependency
Whether to first restore what an account needs, also in other subscriptions: its resource group, the key vault that has
its key, and its storage accounts. The role of the identity must allow this: see docs/permissions.md.

.PARAMETER ReportOnly
Changes nothing, and writes for each account whether it would be restored. Use it in the portal, which has no -WhatIf.

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
$runbook = 'Restore-UnexpectedDeletion'
$undone = 'Nothing was restored.'
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

function Test-Tag($Account, [string[]] $Pattern) {
    foreach ($one in $Pattern) {
        $name, $value = $one -split '=', 2
        foreach ($tag in $Account.Tags.GetEnumerator()) {
            if ($tag.Key -like $name.Trim() -and ($null -eq $value -or $tag.Value -like $value.Trim())) { return $true }
        }
    }
    $false
}

# The account that a warning is about, or nothing if two accounts have its name.
function Find-Account([string] $Warning, $Among) {
    $named = @($Among | Where-Object { $Warning.StartsWith("Account '$($_.Name)' ") })
    if ($named.Count -eq 1) { $named[0] }
}

# The fact itself says that the person isn't known, because a warning isn't stored with the facts.
function Get-Doubt($Account) {
    $said = [ordered] @{}
    if (-not $Account.DeletedBy) { $said.Reason = "It isn't known who deleted it." }
    $said
}

# Whether a pattern is that of who deleted an account: a user, or the name or id of an application or managed identity.
function Test-Person($Account, [string] $Pattern) {
    $called = @($Account.DeletedBy)
    if ($Account.DeletedBy -match '^(application|managed identity) ((?<name>.+) \((?<id>[^()]+)\)|(?<id>.+))$') {
        $called = @($Matches.name, $Matches.id | Where-Object { $_ })
    }
    $Account.DeletedBy -and ($Account.DeletedBy -eq $Pattern -or $called -like $Pattern)
}

# The reason why an account is excluded, or nothing if it isn't.
function Get-Exclusion($Account, [string[]] $Tag, [string[]] $Person) {
    if (Test-Tag $Account $Tag) { return 'It has an excluded tag.' }
    if ($Account.DeletionDate -lt [datetime]::UtcNow.AddHours(-$MaximumAgeHours) -and $null -ne $Account.DeletionDate) {
        return "It was deleted more than $MaximumAgeHours hours ago."
    }
    if (-not $Person) { return }
    if (-not $Account.DeletedBy) { if ($LeaveUnknown) { return "It isn't known who deleted it." } else { return } }
    foreach ($one in $Person) {
        if (Test-Person $Account $one) { return "-ExcludeDeletedBy excludes $($Account.DeletedBy)." }
    }
}

$subscriptions = @(Get-Entry 'SubscriptionId' $SubscriptionId)
$groups = @(Get-Pattern 'ResourceGroupName' $ResourceGroupName)
$tags = @(Get-Pattern 'ExcludeTag' $ExcludeTag -IsTag)
$persons = @(Get-Pattern 'ExcludeDeletedBy' $ExcludeDeletedBy)
if ($MaximumAgeHours -lt 1 -or $MaximumAgeHours -gt 48) {
    throw "-MaximumAgeHours is $MaximumAgeHours. It must be from 1 to 48, because Azure keeps a deleted " +
        'account for 48 hours.'
}
$webhook = Get-Webhook
$isWhatIf = $WhatIfPreference
$isRehearsal = $isWhatIf -or $ReportOnly
# The facts say what would be done, because the host of a runbook doesn't show What if messages.
$WhatIfPreference = $false

Connect-Identity

$scope = @{ IncludeDeletedBy = $true }
if ($subscriptions) { $scope.SubscriptionId = $subscriptions } else { $scope.AllSubscriptions = $true }
if ($groups) { $scope.ResourceGroupName = $groups }
$accounts = @(Get-DeletedCognitiveAccount @scope -ErrorAction SilentlyContinue -ErrorVariable listFailures)
foreach ($failure in $listFailures) { Write-Fact (New-Failure 'NotListed' $failure) }

$wanted = [System.Collections.Generic.List[object]]::new()
foreach ($account in $accounts) {
    $why = Get-Exclusion $account $tags $persons
    if ($why) { Write-Fact (New-Fact 'Excluded' $account @{ Reason = $why }) } else { $wanted.Add($account) }
}
# A mistyped pattern excludes nothing. On a quiet night, neither does a correct one, so this isn't a warning.
$unused = @($tags | Where-Object { $tag = $_; -not ($accounts | Where-Object { Test-Tag $_ $tag }) } |
        ForEach-Object { "-ExcludeTag '$_'" })
$unused += @($persons | Where-Object { $person = $_; -not ($accounts | Where-Object { Test-Person $_ $person }) } |
        ForEach-Object { "-ExcludeDeletedBy '$_'" })
foreach ($one in $unused) {
    $PSCmdlet.WriteVerbose("$one matches none of the $($accounts.Count) deleted accounts.")
}
$unknown = @($wanted | Where-Object { $persons -and -not $_.DeletedBy })
if ($unknown) {
    $PSCmdlet.WriteWarning("-ExcludeDeletedBy can't exclude $($unknown.Count) of the accounts, such as " +
        "'$($unknown[0])': it isn't known who deleted them. To exclude them too, use -LeaveUnknown `$true.")
}

$failures = @()
$restored = $wouldRestore = $wouldFail = $broughtBack = $warnings = 0
$how = @{ CreateResourceGroup = $CreateResourceGroup; RestoreDependency = $RestoreDependency }
if ($isRehearsal -and $wanted) {
    $byName = @{}
    foreach ($account in $wanted) { $byName[$account.ResourceId] = $account }
    $results = @($wanted | Test-CognitiveAccountRestore @how -ErrorAction SilentlyContinue -ErrorVariable failures)
    foreach ($result in $results) {
        $account = $byName[$result.ResourceId]
        if ($result.CanRestore) {
            $wouldRestore++
            Write-Fact (New-Fact 'WouldRestore' $account (Get-Doubt $account))
            continue
        }
        $wouldFail++
        $inTheWay = @($result.Checks | Where-Object Status -eq Failed)
        Write-Fact (New-Fact 'WouldFail' $account ([ordered] @{
                    ErrorId = "$($inTheWay[0].ErrorId)"; Reason = "$($inTheWay.Message)"
                    Recommendation = "$($inTheWay.RecommendedAction)"
                    NextCommand = Get-NextCommand @($inTheWay.NextCommand | Where-Object { $_ })[0] (
                        $account.SubscriptionId)
                }))
    }
}
elseif ($wanted -and $PSCmdlet.ShouldProcess("$($wanted.Count) deleted accounts", 'Restore')) {
    $byId = @{}
    foreach ($account in $wanted) { $byId[$account.AccountId] = $account }
    $how += @{
        Confirm = $false; ErrorAction = 'SilentlyContinue'; WarningAction = 'Continue'; InformationAction = 'Continue'
    }
    # A warning says what doesn't come back, and an information record what was restored first. Each becomes a fact.
    $wanted | Restore-CognitiveAccount @how -ErrorVariable failures 3>&1 6>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.InformationRecord]) {
            if ($_.Tags -contains 'CogRecoverSummary') { return }
            $broughtBack++
            return Write-Fact (New-Fact 'BroughtBack' $null @{ Reason = "$($_.MessageData)" })
        }
        if ($_ -is [System.Management.Automation.WarningRecord]) {
            $warnings++
            $PSCmdlet.WriteWarning($_.Message)
            return Write-Fact (New-Fact 'Warning' (Find-Account $_.Message $wanted) @{ Reason = $_.Message })
        }
        $restored++
        $more = Get-Doubt $byId[$_.ResourceId]
        $more.ResourceId = $_.ResourceId
        Write-Fact (New-Fact 'Restored' $byId[$_.ResourceId] $more)
    }
}
foreach ($failure in $failures) { Write-Fact (New-Failure 'Failed' $failure) }

$done = @($told)
$summary = New-Fact 'Summary' $null ([ordered] @{
        IsRehearsal = [bool] $isRehearsal; Found = $accounts.Count; Excluded = $accounts.Count - $wanted.Count
        Restored = $restored; WouldRestore = $wouldRestore; WouldFail = $wouldFail; Failed = @($failures).Count
        NotListed = @($listFailures).Count
        DeletedByUnknown = @($accounts | Where-Object { -not $_.DeletedBy }).Count
        BroughtBack = $broughtBack; Warnings = $warnings
    })
if ($listFailures -and -not $accounts) {
    foreach ($name in 'Found', 'Excluded', 'WouldRestore', 'WouldFail', 'DeletedByUnknown') { $summary[$name] = $null }
}
Write-Fact $summary
$all = [System.Collections.Generic.List[string]] [string[]] @(
    (@($listFailures) + @($failures)) | ForEach-Object { Get-Message $_ })
$problems = [string[]] @($listFailures | ForEach-Object { $_.Exception.Message })
$tiles = @(
    , $(if ($isRehearsal) { 'would be restored', (Format-Count $wouldRestore), 'soon' } else { 'restored', "$restored" })
    , $(if ($isRehearsal) { 'would fail', (Format-Count $wouldFail), 'lost' } else { 'failed', "$(@($failures).Count)", 'lost' })
    , ('deleted', (Format-Count $summary.Found))
    , ('excluded', (Format-Count $summary.Excluded))
)
$title = if ($isRehearsal) { 'Accounts that would be restored' } else { 'Restored Cognitive Services accounts' }
$scopes = Get-Scope
$report = if ($ReportPath -or $SendReport) { ConvertTo-Report $title $tiles $done $problems }
$WhatIfPreference = $isWhatIf
foreach ($failed in Publish-Result $summary $done $problems $report) { $all.Add($failed) }
if ($all) {
    $more = if ($all.Count -gt 10) { "And $($all.Count - 10) more." }
    throw "$($all.Count) failed, $restored restored. $(@($all)[0..9] -join ' ') $more".TrimEnd()
}
