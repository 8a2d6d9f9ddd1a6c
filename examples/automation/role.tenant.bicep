// A deployment of a subscription reaches a management group by way of the tenant only.
targetScope = 'tenant'

@description('The id of the management group.')
param managementGroupId string

@description('The object id of the identity.')
param principalId string

@description('Whether it may purge.')
param mayPurge bool

@description('Whether it may bring back the key vaults and storage accounts that accounts need.')
param mayRestoreDependency bool

module role 'role.managementGroup.bicep' = {
  scope: managementGroup(managementGroupId)
  params: {
    principalId: principalId
    mayPurge: mayPurge
    mayRestoreDependency: mayRestoreDependency
  }
}
