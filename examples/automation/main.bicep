// Deploys the runbooks into a subscription: az deployment sub create --location LOCATION --template-file main.bicep
targetScope = 'subscription'

import { restoreSchedule, clearSchedule } from 'schedules.bicep'

metadata name = 'CogRecover runbooks'
metadata description = 'Watches, restores and purges deleted Cognitive Services accounts every night.'

@description('The resource group of the Automation account. It is created if it is not there.')
param resourceGroupName string = 'rg-cogrecover'

@description('The region of everything.')
param location string = deployment().location

@description('The name of the Automation account.')
@minLength(6)
@maxLength(50)
param automationAccountName string = 'aa-cogrecover'

@description('An https folder that holds the three runbooks, without a slash at its end.')
param runbooksUri string

@description('The https address of the module\'s package: a .zip or .nupkg file.')
param modulePackageUri string

@description('A query that lets the runbooks and the package be read, such as a SAS token with its question mark.')
@secure()
param readToken string = ''

@description('The id of a management group to watch over. Empty: this subscription only. See docs/runbooks.md.')
param managementGroupId string = ''

@description('When the nightly schedules start, in UTC: hours and minutes.')
@minLength(5)
@maxLength(5)
param startTime string = '02:30'

// Azure refuses to deploy a link that is there already.
@description('Whether to link the runbooks with their schedules. Give false when you deploy again.')
param linkSchedules bool = true

@description('An account that is purged within so many hours is expiring.')
@minValue(0)
@maxValue(48)
param expiringWithinHours int = 12

@description('Where the nightly summaries and reports are posted to. Empty: nowhere.')
@secure()
param webhookUri string = ''

@description('What Restore-UnexpectedDeletion leaves every night. Left out: it does not run by itself.')
param restore restoreSchedule?

@description('What Clear-DeletedAccount purges every night. Left out: it does not run, and the role may not purge.')
param clear clearSchedule?

@description('A Log Analytics workspace, by its resource id, that the jobs and their output go to. Empty: none.')
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

@description('The object id of its identity, for further roles.')
output principalId string = automation.outputs.principalId
