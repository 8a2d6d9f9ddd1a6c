#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox -Subscriptions 1
    $subscriptions = (Send-Arm GET '/subscriptions').value.subscriptionId
    $other = $subscriptions | Where-Object { $_ -ne $Sandbox.SubscriptionId }
    New-DeletedAccount elsewhere-openai rg-elsewhere -SubscriptionId $other
}

AfterAll { Stop-Sandbox }

Describe 'Get-DeletedCognitiveAccount' {
    It 'lists what is deleted in the subscription of the context' {
        $accounts = Get-DeletedCognitiveAccount

        $accounts.Count | Should -Be 15
        $accounts.Name | Should -Contain 'contoso-openai-prod'
        $accounts.SubscriptionId | Sort-Object -Unique | Should -Be $Sandbox.SubscriptionId
    }

    It 'tells where an account was, what it is, and until when it can be restored' {
        $account = Get-DeletedCognitiveAccount contoso-speech-test

        $account | Should -BeOfType CogRecover.DeletedCognitiveAccount
        $account.ResourceGroupName | Should -Be 'rg-ai-test'
        $account.Location | Should -Be 'westus2'
        $account.Kind | Should -Be 'SpeechServices'
        $account.Sku | Should -Be 'S0'
        $account.Tags['env'] | Should -Be 'test'
        $account.DeletionDate.Kind | Should -Be 'Utc'
        ($account.ScheduledPurgeDate - $account.DeletionDate).TotalHours | Should -Be 48
        $account.TimeRemaining | Should -BeGreaterThan '1.00:00:00'
        $account.TimeRemaining | Should -BeLessThan '1.06:21:00'
        $account.AccountId | Should -Be (Get-AccountId contoso-speech-test rg-ai-test)
        "$account" | Should -Be 'contoso-speech-test'
    }

    It 'tells what an account needs to be restored' {
        (Get-DeletedCognitiveAccount contoso-forms).KeyVaultUri | Should -Match 'kv-contoso-finance'
        (Get-DeletedCognitiveAccount contoso-callcenter).UserOwnedStorage | Should -Match 'stcontosocalls$'
        (Get-DeletedCognitiveAccount contoso-ai-hub).Subnets.Count | Should -Be 2
    }

    It 'lists another subscription, and several' {
        (Get-DeletedCognitiveAccount -SubscriptionId $other).Name | Should -Be 'elsewhere-openai'
        (Get-DeletedCognitiveAccount -SubscriptionId $subscriptions).Count | Should -Be 16
    }

    It 'lists all subscriptions, with the filters too' {
        $accounts = Get-DeletedCognitiveAccount *-openai* -AllSubscriptions

        $accounts.Name | Sort-Object | Should -Be 'contoso-openai-prod', 'elsewhere-openai'
        $accounts.SubscriptionId | Sort-Object -Unique | Should -Be ($subscriptions | Sort-Object)
    }

    It 'says who deleted an account where that is asked for' {
        (Get-DeletedCognitiveAccount contoso-speech-test).DeletedBy | Should -BeNullOrEmpty
        (Get-DeletedCognitiveAccount contoso-speech-test -IncludeDeletedBy).DeletedBy | Should -Be 'dana@contoso.com'
    }

    It 'works in a context that is given, whatever the current one is' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            $context = Get-AzContext
            Disconnect-Sandbox
            (Get-DeletedCognitiveAccount contoso-forms -DefaultProfile $context).Name
            (Get-DeletedCognitiveAccount contoso-forms -AzContext $context).Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'contoso-forms', 'contoso-forms'
    }

    It 'tells each request with -Verbose' {
        $told = Get-DeletedCognitiveAccount contoso-forms -Verbose 4>&1

        @($told) -match '^GET /subscriptions/.+/deletedAccounts: 200 in \d+ ms' | Should -HaveCount 1
    }
}
