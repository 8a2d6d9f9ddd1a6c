import { restoreSchedule, clearSchedule } from 'schedules.bicep'

@description('The region.')
param location string

@description('The name of the Automation account.')
param name string

@description('An https folder that holds the three runbooks, without a slash at its end.')
param runbooksUri string

@description('The https address of the module\'s package.')
param modulePackageUri string

@description('A query that lets the runbooks and the package be read.')
@secure()
param readToken string

@description('When the nightly schedules start, in UTC.')
param startTime string

@description('Whether to link the runbooks with their schedules.')
param linkSchedules bool

@description('An account that is purged within so many hours is expiring.')
param expiringWithinHours int

@description('Where the nightly summaries and reports are posted to. Empty: nowhere.')
@secure()
param webhookUri string

@description('What Restore-UnexpectedDeletion leaves. Null: it does not run by itself.')
param restore restoreSchedule?

@description('What Clear-DeletedAccount purges. Null: it does not run by itself.')
param clear clearSchedule?

@description('A Log Analytics workspace. Empty: none.')
param logAnalyticsWorkspaceId string

@description('Tomorrow: a schedule has to start five minutes after its deployment at the earliest.')
param tomorrow string = dateTimeAdd(utcNow(), 'P1D', 'yyyy-MM-dd')

var environment = { Environment: az.environment().name }

// The variable is empty where nothing is posted.
var webhook = { WebhookVariable: 'CogRecoverWebhook', SendReport: 'true' }

// Automation takes the values of parameters as texts, and lists as JSON in them.
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
    description: 'Reports deleted Cognitive Services accounts: by whom, until when, and whether each can be restored.'
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
    description: 'Restores the deleted Cognitive Services accounts that nobody was allowed to delete.'
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
    description: 'Purges deleted Cognitive Services accounts for good, to free their names, quota and bills.'
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
      // What watches runs first, what restores next, and what purges last.
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
    description: 'Where the runbooks post their summaries and reports.'
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
