// The role of the runbooks' identity, defined and assigned at the management group.
targetScope = 'managementGroup'

import { actions } from 'actions.bicep'

@description('The object id of the identity.')
param principalId string

@description('Whether it may purge.')
param mayPurge bool = false

@description('Whether it may bring back the key vaults and storage accounts that accounts need.')
param mayRestoreDependency bool = false

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(managementGroup().id, 'CogRecover')
  properties: {
    // The name of a role is taken in the whole tenant.
    roleName: 'Cognitive Services Account Recovery (${managementGroup().name})'
    description: 'Lists and restores soft-deleted Cognitive Services accounts, and purges them where it may.'
    type: 'CustomRole'
    permissions: [
      {
        actions: actions(mayPurge, mayRestoreDependency)
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [
      managementGroup().id
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(managementGroup().id, principalId, definition.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: definition.id
  }
}
