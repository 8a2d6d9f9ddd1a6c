// A nightly watch, restore and purge, to start from.
using 'main.bicep'

param location = 'westeurope'
param runbooksUri = 'https://contoso.example/cogrecover'
param modulePackageUri = 'https://contoso.example/cogrecover/CogRecover.zip'
// The token and the webhook are secrets: they come from the environment of whoever deploys.
param readToken = readEnvironmentVariable('COGRECOVER_READ_TOKEN', '')
param webhookUri = readEnvironmentVariable('COGRECOVER_WEBHOOK', '')

// What is tagged as retired, or deleted by the teardown pipeline, was meant to be.
param restore = {
  excludeTag: ['lifecycle=retired']
  excludeDeletedBy: ['00000000-0000-0000-0000-000000000000']
}

// What pull requests and tests leave behind goes after twelve hours, thirty accounts a night at most.
param clear = {
  resourceGroupName: ['rg-pr-*', 'rg-*-test']
  minimumAgeHours: 12
  maximumCount: 30
}
