// The actions of docs/permissions.md.
var readAndRestore = [
  'Microsoft.Authorization/locks/read'
  'Microsoft.Authorization/permissions/read'
  'Microsoft.Authorization/roleAssignments/read'
  'Microsoft.CognitiveServices/accounts/read'
  'Microsoft.CognitiveServices/accounts/write'
  'Microsoft.CognitiveServices/deletedAccounts/read'
  'Microsoft.CognitiveServices/locations/operationResults/read'
  'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read'
  'Microsoft.Insights/eventtypes/values/read'
  'Microsoft.KeyVault/deletedVaults/read'
  'Microsoft.KeyVault/vaults/read'
  'Microsoft.ManagedIdentity/userAssignedIdentities/read'
  'Microsoft.Network/virtualNetworks/subnets/read'
  'Microsoft.Resources/subscriptions/locations/read'
  'Microsoft.Resources/subscriptions/providers/read'
  'Microsoft.Resources/subscriptions/read'
  'Microsoft.Resources/subscriptions/resourceGroups/read'
  'Microsoft.Resources/subscriptions/resourceGroups/write'
  'Microsoft.Storage/deletedAccounts/read'
  'Microsoft.Storage/storageAccounts/read'
]

var restoreDependency = [
  'Microsoft.KeyVault/locations/deletedVaults/read'
  'Microsoft.KeyVault/vaults/write'
  'Microsoft.Storage/storageAccounts/write'
]

var purge = [
  'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete'
]

@export()
@description('The actions of the role.')
func actions(mayPurge bool, mayRestoreDependency bool) string[] =>
  concat(readAndRestore, mayRestoreDependency ? restoreDependency : [], mayPurge ? purge : [])
