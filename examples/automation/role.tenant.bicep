// A subscription deployment reaches a management group only through the tenant.
targetScope = 'tenant'

@description('The id of the management group.')
param managementGroupId string

@description('The object id of the identity.')
param principalId string

@description('Whether the role allows a purge.')
param mayPurge bool

@description('Whether the role allows a restore of the key vaults and storage accounts that accounts need.')
param mayRestoreDependency bool

module role 'role.managementGroup.bicep' = {
  scope: managementGroup(managementGroupId)
  params: {
    principalId: principalId
    mayPurge: mayPurge
    mayRestoreDependency: mayRestoreDependency
  }
}
