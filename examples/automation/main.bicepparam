// A nightly watch and restore, to start from, and a purge that is off.
using 'main.bicep'

param location = 'westeurope'
param runbooksUri = 'https://contoso.example/cogrecover'
param modulePackageUri = 'https://contoso.example/cogrecover/CogRecover.zip'
// The token and the webhook are secrets: they come from the environment of whoever deploys.
param readToken = readEnvironmentVariable('COGRECOVER_READ_TOKEN', '')
param webhookUri = readEnvironmentVariable('COGRECOVER_WEBHOOK', '')

// Of production only. What is tagged as retired, or deleted by the teardown pipeline, was meant to be.
// With restoreDependency: true, key vaults and storage accounts come back too, and the role may write them.
param restore = {
  resourceGroupName: ['rg-*-prod']
  excludeTag: ['lifecycle=retired']
  excludeDeletedBy: ['00000000-0000-0000-0000-000000000000']
}

// A purge can't be undone. Without the slashes, what pull requests and tests leave behind goes after twelve hours,
// thirty accounts a night at most, and the role may purge.
// param clear = {
//   resourceGroupName: ['rg-pr-*', 'rg-*-test']
//   minimumAgeHours: 12
//   maximumCount: 30
// }
