// A nightly watch and restore to start from. The purge is commented out.
using 'main.bicep'

param location = 'westeurope'
param runbooksUri = 'https://contoso.example/cogrecover'
param modulePackageUri = 'https://contoso.example/cogrecover/CogRecover.zip'
// The token and the webhook are secrets, so they come from your environment variables.
param readToken = readEnvironmentVariable('COGRECOVER_READ_TOKEN', '')
param webhookUri = readEnvironmentVariable('COGRECOVER_WEBHOOK', '')

// Restores only production, except accounts that are tagged as retired or that the teardown pipeline deleted.
// restoreDependency: true also restores key vaults and storage accounts, and lets the role write them.
param restore = {
  resourceGroupName: ['rg-*-prod']
  excludeTag: ['lifecycle=retired']
  excludeDeletedBy: ['00000000-0000-0000-0000-000000000000']
}

// A purge can't be undone. Without the slashes, accounts of pull requests and tests are purged after twelve hours.
// If there are more than thirty, none is purged. The role then allows a purge.
// param clear = {
//   resourceGroupName: ['rg-pr-*', 'rg-*-test']
//   minimumAgeHours: 12
//   maximumCount: 30
// }
