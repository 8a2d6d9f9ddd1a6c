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

# --- The same in all three runbooks, as Azure Automation takes each as one file ---

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
        # PowerShell's own nothing isn't null to whoever writes JSON.
        $said[$name] = $null
        if ($null -ne $More[$name]) { $said[$name] = $More[$name].PSObject.BaseObject }
    }
    $said
}

function ConvertTo-Line([System.Collections.IDictionary] $Said) {
    [System.Text.Json.JsonSerializer]::Serialize($Said, [System.Collections.IDictionary])
}

# Writes a fact, and keeps it for the report and the webhook.
function Write-Fact([System.Collections.IDictionary] $Said) {
    $told.Add($Said)
    if ($AsJson) { return ConvertTo-Line $Said }
    $object = [pscustomobject] $Said
    $object.PSObject.TypeNames.Insert(0, 'CogRecover.RunbookFact')
    $object
}

# What failed, of which account or subscription, and what to do: NextCommand can be pasted as it is, or is null.
function New-Failure([string] $Fact, [System.Management.Automation.ErrorRecord] $Failure) {
    $account = $Failure.TargetObject
    $more = [ordered] @{}
    if ($account -isnot [CogRecover.DeletedCognitiveAccount]) {
        if ($account -match '^(/subscriptions/)?(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})') {
            $more.SubscriptionId = $Matches.id
        }
        $account = $null
    }
    $more.ErrorId = $Failure.FullyQualifiedErrorId.Split(',')[0]
    $more.Reason = $Failure.Exception.Message
    $more.Recommendation = $Failure.ErrorDetails.RecommendedAction
    $more.NextCommand = $Failure.Exception.NextCommand
    if ($more.ErrorId -eq 'AuthorizationFailed' -and
        $more.Recommendation -match "(-RoleDefinitionName|such as|the role) '(?<role>[^']+)'") {
        $more.Role = $Matches.role
    }
    New-Fact $Fact $account $more
}

function ConvertTo-Html([string] $Text) { [System.Net.WebUtility]::HtmlEncode($Text) }

# What is right only as far as it could be listed isn't shown as the whole.
function Format-Count($Count) {
    if (-not $listFailures) { return "$Count" }
    if ($Count) { "at least $Count" } else { 'unknown' }
}

# The subscriptions of the facts, with their names: one alone is said once for all.
function Get-Scope {
    $found = @{}
    foreach ($said in $told) { if ($said.SubscriptionId) { $found[$said.SubscriptionId] = $said.SubscriptionName } }
    $found
}

function Format-Account($Said) {
    $where = @($Said.ResourceGroupName, $Said.Location, $Said.Kind | Where-Object { $_ }) -join ' · '
    $of = if ($scopes.Count -gt 1) {
        "<span class=`"note`">$(ConvertTo-Html $Said.SubscriptionName)</span>" +
        "<span class=`"note id`">$(ConvertTo-Html $Said.SubscriptionId)</span>"
    }
    "<th role=`"rowheader`" scope=`"row`">$(ConvertTo-Html $Said.Name)<span class=`"note`">$(ConvertTo-Html $where)" +
        "</span>$of</th>"
}

function Format-Command([string] $Command) {
    if (-not $Command) { return }
    # A line breaks in front of a parameter, not after its hyphen.
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

# A page that needs nothing else. Each tile is a label, a number and a class; what couldn't be done is said on top.
function New-Page([string] $Title, $Tiles, [string[]] $Problems, [string] $Content, [string] $Footer) {
    $now = [datetime]::UtcNow
    $day = $now.ToString('d MMMM yyyy, HH:mm', [cultureinfo]::InvariantCulture)
    $only = foreach ($id in $scopes.Keys) {
        $named = if ($scopes[$id]) { "$($scopes[$id]) ($id)" } else { $id }
        ", subscription $(ConvertTo-Html $named)"
    }
    if ($scopes.Count -ne 1) { $only = '' }
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
        throw "-WebhookTimeoutSeconds is $WebhookTimeoutSeconds. It has to be at least 1."
    }
    $address = if ($WebhookVariable) { Get-AutomationVariable -Name $WebhookVariable } else { $WebhookUri }
    if (-not $address) { return }
    $uri = $null
    if (-not ([uri]::TryCreate($address, 'Absolute', [ref] $uri) -and
            ($uri.Scheme -eq 'https' -or ($uri.Scheme -eq 'http' -and $uri.IsLoopback)))) {
        throw 'The webhook has to be an https address. Nothing was sent to it.'
    }
    $uri
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

# Writes the report and posts the summary. What fails of it is returned.
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
        throw "The managed identity couldn't sign in to ${Environment}: $($_.Exception.Message) Switch on the " +
            "Automation account's system-assigned identity, or give the -ClientId of a user-assigned one that it has."
    }
}

# --- Until here ---

function Get-Pattern([string] $Parameter, [string[]] $Given, [switch] $IsTag) {
    foreach ($entry in Get-Entry $Parameter $Given -IsTag:$IsTag) {
        $parts = if ($IsTag) { $entry -split '=', 2 } else { $entry }
        foreach ($part in $parts) {
            try { $null = [WildcardPattern]::Get($part.Trim(), 'IgnoreCase').IsMatch('') }
            catch {
                $why = $_.Exception.GetBaseException().Message
                throw "-$Parameter '$entry' isn't a pattern: $why $undone"
            }
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
<td role="cell" data-label="Next command">$(Format-Command $Said.NextCommand)</td>
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
    elseif ($Problems) { '<p class="none">No deleted account was found in what could be listed.</p>' }
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
$webhook = Get-Webhook
$isWhatIf = $WhatIfPreference
$isRehearsal = $isWhatIf -or $ReportOnly
# What follows says itself what would be done: the host of a runbook shows no What if lines.
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
# A pattern that is mistyped excludes nothing. On a quiet night one that isn't does so too, so that it is no warning.
$unused = @($tags | Where-Object { $tag = $_; -not ($accounts | Where-Object { Test-Tag $_ $tag }) } |
        ForEach-Object { "-ExcludeTag '$_'" })
$unused += @($persons | Where-Object { $person = $_; -not ($accounts | Where-Object { $_.DeletedBy -like $person }) } |
        ForEach-Object { "-ExcludeDeletedBy '$_'" })
foreach ($one in $unused) {
    $PSCmdlet.WriteVerbose("$one matches none of the $($accounts.Count) deleted accounts.")
}
$unknown = @($wanted | Where-Object { $persons -and -not $_.DeletedBy })
if ($unknown) {
    $PSCmdlet.WriteWarning("-ExcludeDeletedBy leaves none of $($unknown.Count) accounts, such as '$($unknown[0])': " +
        'who deleted them is not known, so that they are to be restored. Give -LeaveUnknown $true to leave them.')
}

$failures = @()
$restored = $wouldRestore = $wouldFail = $broughtBack = $warnings = 0
$how = @{ CreateResourceGroup = $CreateResourceGroup; RestoreDependency = $RestoreDependency }
if ($isRehearsal -and $wanted) {
    $byName = @{}
    foreach ($account in $wanted) { $byName[(Get-Key $account)] = $account }
    $results = @($wanted | Test-CognitiveAccountRestore @how -ErrorAction SilentlyContinue -ErrorVariable failures)
    foreach ($result in $results) {
        $account = $byName[(Get-Key $result)]
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
                    NextCommand = @($inTheWay.NextCommand | Where-Object { $_ })[0]
                }))
    }
}
elseif ($wanted -and $PSCmdlet.ShouldProcess("$($wanted.Count) deleted accounts", 'Restore')) {
    $byId = @{}
    foreach ($account in $wanted) { $byId[$account.AccountId] = $account }
    $how += @{
        Confirm = $false; ErrorAction = 'SilentlyContinue'; WarningAction = 'Continue'; InformationAction = 'Continue'
    }
    # What doesn't come back is a warning, and what was brought back is information: each becomes a fact.
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
if ($listFailures -and -not $accounts) { $summary.Found = $summary.Excluded = $summary.DeletedByUnknown = $null }
Write-Fact $summary
$all = [System.Collections.Generic.List[string]] [string[]] @(
    (@($listFailures) + @($failures)) | ForEach-Object { $_.Exception.Message })
$problems = [string[]] @($listFailures | ForEach-Object { $_.Exception.Message })
$tiles = @(
    , $(if ($isRehearsal) { 'would be restored', "$wouldRestore", 'soon' } else { 'restored', "$restored" })
    , $(if ($isRehearsal) { 'would fail', "$wouldFail", 'lost' } else { 'failed', "$(@($failures).Count)", 'lost' })
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
