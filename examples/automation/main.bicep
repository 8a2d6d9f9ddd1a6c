// Deploys the runbooks to a subscription: az deployment sub create --location LOCATION --template-file main.bicep
targetScope = 'subscription'

import { restoreSchedule, clearSchedule } from 'schedules.bicep'

metadata name = 'CogRecover runbooks'
metadata description = 'Reports, restores and purges deleted Cognitive Services accounts every night.'

@description('The resource group of the Automation account. It is created if it does not exist.')
param resourceGroupName string = 'rg-cogrecover'

@description('The region of all resources.')
param location string = deployment().location

@description('The name of the Automation account.')
@minLength(6)
@maxLength(50)
param automationAccountName string = 'aa-cogrecover'

@description('The https address of the folder that has the three runbooks, without a slash at its end.')
param runbooksUri string

@description('The https address of the CogRecover package: a .zip or .nupkg file.')
param modulePackageUri string

@description('The query string to read the runbooks and the package with, such as a SAS token with its question mark.')
@secure()
param readToken string = ''

@description('The id of the management group to assign the role at. If empty, this subscription. See docs/runbooks.md.')
param managementGroupId string = ''

@description('The time when the nightly schedules start, in UTC: hours and minutes.')
@minLength(5)
@maxLength(5)
param startTime string = '02:30'

// Azure rejects a link that already exists.
@description('Whether to link the runbooks to their schedules. Use false when you deploy again.')
param linkSchedules bool = true

@description('Accounts that Azure purges within this many hours are marked as expiring.')
@minValue(0)
@maxValue(48)
param expiringWithinHours int = 12

@description('The https address to post the nightly summaries and reports to. If empty, nothing is posted.')
@secure()
param webhookUri string = ''

@description('What Restore-UnexpectedDeletion restores every night. If omitted, it has no schedule.')
param restore restoreSchedule?

@description('What Clear-DeletedAccount purges every night. If omitted, the role does not allow a purge.')
param clear clearSchedule?

@description('The resource id of the Log Analytics workspace for the jobs and their output. If empty, none.')
param logAnalyticsWorkspaceId string = ''

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
}

module automation 'automation.bicep' = {
  scope: group
  params: {
    location: location
    name: automationAccountName
    runbooksUri: runbooksUri
    modulePackageUri: modulePackageUri
    readToken: readToken
    startTime: startTime
    linkSchedules: linkSchedules
    expiringWithinHours: expiringWithinHours
    webhookUri: webhookUri
    restore: restore
    clear: clear
    logAnalyticsWorkspaceId: logAnalyticsWorkspaceId
  }
}

module subscriptionRole 'role.subscription.bicep' = if (empty(managementGroupId)) {
  params: {
    principalId: automation.outputs.principalId
    mayPurge: clear != null
    mayRestoreDependency: restore.?restoreDependency ?? false
  }
}

module managementGroupRole 'role.tenant.bicep' = if (!empty(managementGroupId)) {
  scope: tenant()
  params: {
    managementGroupId: managementGroupId
    principalId: automation.outputs.principalId
    mayPurge: clear != null
    mayRestoreDependency: restore.?restoreDependency ?? false
  }
}

@description('The resource id of the Automation account.')
output automationAccountId string = automation.outputs.id

@description('The object id of the identity, for more role assignments.')
output principalId string = automation.outputs.principalId
