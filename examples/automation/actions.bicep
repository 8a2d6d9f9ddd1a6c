// What docs/permissions.md lists, and the subscriptions that -AllSubscriptions goes through.
var readAndRestore = [
  'Microsoft.Authorization/permissions/read'
  'Microsoft.CognitiveServices/accounts/read'
  'Microsoft.CognitiveServices/accounts/write'
  'Microsoft.CognitiveServices/deletedAccounts/read'
  'Microsoft.CognitiveServices/locations/operationResults/read'
  'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read'
  'Microsoft.Insights/eventtypes/values/read'
  'Microsoft.KeyVault/deletedVaults/read'
  'Microsoft.KeyVault/vaults/read'
  'Microsoft.Network/virtualNetworks/subnets/read'
  'Microsoft.Resources/subscriptions/read'
  'Microsoft.Resources/subscriptions/resourceGroups/read'
  'Microsoft.Resources/subscriptions/resourceGroups/write'
  'Microsoft.Storage/storageAccounts/read'
]

@export()
@description('The actions of the role.')
func actions(mayPurge bool) string[] =>
  concat(
    readAndRestore,
    mayPurge ? ['Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete'] : []
  )
