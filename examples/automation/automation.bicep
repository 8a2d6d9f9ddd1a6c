import { restoreSchedule, clearSchedule } from 'schedules.bicep'

@description('The region.')
param location string

@description('The name of the Automation account.')
param name string

@description('The https address of the folder that has the three runbooks, without a slash at its end.')
param runbooksUri string

@description('The https address of the CogRecover package.')
param modulePackageUri string

@description('The query string to read the runbooks and the package with.')
@secure()
param readToken string

@description('The time when the nightly schedules start, in UTC.')
param startTime string

@description('Whether to link the runbooks to their schedules.')
param linkSchedules bool

@description('Accounts that Azure purges within this many hours are marked as expiring.')
param expiringWithinHours int

@description('The https address to post the nightly summaries and reports to. If empty, nothing is posted.')
@secure()
param webhookUri string

@description('What Restore-UnexpectedDeletion restores. If null, it has no schedule.')
param restore restoreSchedule?

@description('What Clear-DeletedAccount purges. If null, it has no schedule.')
param clear clearSchedule?

@description('The resource id of the Log Analytics workspace. If empty, none.')
param logAnalyticsWorkspaceId string

@description('The date of tomorrow. A schedule must start at least five minutes after its deployment.')
param tomorrow string = dateTimeAdd(utcNow(), 'P1D', 'yyyy-MM-dd')

var environment = { Environment: az.environment().name }

// The variable is empty if nothing is posted.
var webhook = { WebhookVariable: 'CogRecoverWebhook', SendReport: 'true' }

// Automation accepts the values of parameters as strings, and lists as JSON strings.
var restoreLists = {
  ResourceGroupName: restore.?resourceGroupName
  ExcludeTag: restore.?excludeTag
  ExcludeDeletedBy: restore.?excludeDeletedBy
}

var clearLists = {
  ResourceGroupName: clear.?resourceGroupName
  Tag: clear.?tag
  Kind: clear.?kind
}

var runbooks = [
  {
    name: 'Watch-DeletedAccount'
    description: 'Reports deleted Cognitive Services accounts: who deleted them, and whether they can be restored.'
    isScheduled: true
    parameters: union(environment, webhook, {
      AsJson: 'true'
      ExpiringWithinHours: string(expiringWithinHours)
      CreateResourceGroup: toLower(string(restore.?createResourceGroup ?? true))
      RestoreDependency: toLower(string(restore.?restoreDependency ?? false))
    })
  }
  {
    name: 'Restore-UnexpectedDeletion'
    description: 'Restores deleted Cognitive Services accounts, except those that were meant to be deleted.'
    isScheduled: restore != null
    parameters: union(
      environment,
      webhook,
      {
        AsJson: 'true'
        LeaveUnknown: toLower(string(restore.?leaveUnknown ?? false))
        MaximumAgeHours: string(restore.?maximumAgeHours ?? 48)
        CreateResourceGroup: toLower(string(restore.?createResourceGroup ?? true))
        RestoreDependency: toLower(string(restore.?restoreDependency ?? false))
      },
      toObject(filter(items(restoreLists), list => !empty(list.?value)), list => list.key, list => string(list.?value))
    )
  }
  {
    name: 'Clear-DeletedAccount'
    description: 'Permanently purges deleted Cognitive Services accounts, to free their names and quota.'
    isScheduled: clear != null
    parameters: union(
      environment,
      webhook,
      {
        AsJson: 'true'
        MinimumAgeHours: string(clear.?minimumAgeHours ?? 0)
        MaximumCount: string(clear.?maximumCount ?? 20)
      },
      toObject(filter(items(clearLists), list => !empty(list.?value)), list => list.key, list => string(list.?value))
    )
  }
]

resource account 'Microsoft.Automation/automationAccounts@2024-10-23' = {
  name: name
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    sku: {
      name: 'Basic'
    }
    disableLocalAuth: true
    publicNetworkAccess: true
  }
}

resource runtime 'Microsoft.Automation/automationAccounts/runtimeEnvironments@2024-10-23' = {
  parent: account
  name: 'CogRecover'
  location: location
  properties: {
    runtime: {
      language: 'PowerShell'
      version: '7.4'
    }
    defaultPackages: {
      Az: '12.3.0'
    }
    description: 'PowerShell 7.4 with Az and CogRecover.'
  }
}

resource package 'Microsoft.Automation/automationAccounts/runtimeEnvironments/packages@2024-10-23' = {
  parent: runtime
  name: 'CogRecover'
  properties: {
    contentLink: {
      uri: '${modulePackageUri}${readToken}'
    }
  }
}

resource books 'Microsoft.Automation/automationAccounts/runbooks@2024-10-23' = [
  for runbook in runbooks: {
    parent: account
    name: runbook.name
    location: location
    properties: {
      runbookType: 'PowerShell'
      runtimeEnvironment: runtime.name
      description: runbook.description
      logProgress: false
      logVerbose: false
      publishContentLink: {
        uri: '${runbooksUri}/${runbook.name}.ps1${readToken}'
      }
    }
    dependsOn: [
      package
    ]
  }
]

resource schedules 'Microsoft.Automation/automationAccounts/schedules@2024-10-23' = [
  for (runbook, index) in runbooks: if (runbook.isScheduled) {
    parent: account
    name: 'Nightly ${runbook.name}'
    properties: {
      description: runbook.description
      frequency: 'Day'
      interval: any(1)
      // First the watch, then the restore, then the purge.
      startTime: '${dateTimeAdd('${tomorrow}T${startTime}:00Z', 'PT${index}H', 'yyyy-MM-ddTHH:mm:ss')}+00:00'
      timeZone: 'Etc/UTC'
    }
  }
]

resource links 'Microsoft.Automation/automationAccounts/jobSchedules@2024-10-23' = [
  for (runbook, index) in runbooks: if (linkSchedules && runbook.isScheduled) {
    parent: account
    name: guid(account.id, runbook.name)
    properties: {
      runbook: {
        name: books[index].name
      }
      schedule: {
        name: schedules[index].name
      }
      parameters: runbook.parameters
    }
  }
]

resource webhookVariable 'Microsoft.Automation/automationAccounts/variables@2024-10-23' = {
  parent: account
  name: 'CogRecoverWebhook'
  properties: {
    description: 'The address that the runbooks post their summaries and reports to.'
    isEncrypted: true
    value: '"${webhookUri}"'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(logAnalyticsWorkspaceId)) {
  scope: account
  name: 'CogRecover'
  properties: {
    workspaceId: logAnalyticsWorkspaceId
    logs: [
      {
        category: 'JobLogs'
        enabled: true
      }
      {
        category: 'JobStreams'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output principalId string = account.identity.principalId
