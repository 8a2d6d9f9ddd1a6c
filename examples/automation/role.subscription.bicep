// The role of the runbooks' identity, defined and assigned at the subscription.
targetScope = 'subscription'

import { actions } from 'actions.bicep'

@description('The object id of the identity.')
param principalId string

@description('Whether the role allows a purge.')
param mayPurge bool = false

@description('Whether the role allows a restore of the key vaults and storage accounts that accounts need.')
param mayRestoreDependency bool = false

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'CogRecover')
  properties: {
    // The name of a role must be unique in the tenant.
    roleName: 'Cognitive Services Account Recovery (${subscription().subscriptionId})'
    description: 'Lists and restores deleted Cognitive Services accounts, and purges them if it has the delete action.'
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
      subscription().id
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, definition.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: definition.id
  }
}
