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

    It 'lets through what <Filter> says' -ForEach @(
        @{ Filter = 'contoso-chat*'; Names = 'contoso-chatbot', 'contoso-chatbot' }
        @{ Filter = 'CONTOSO-FORMS'; Names = 'contoso-forms' }
        @{ Filter = '-Name contoso-f*, *-hub'; Names = 'contoso-ai-hub', 'contoso-face-kiosk', 'contoso-forms' }
        @{ Filter = '-ResourceGroupName rg-web-*'
            Names = 'contoso-chatbot', 'contoso-chatbot', 'contoso-intranet', 'contoso-translate' }
        @{ Filter = '-ResourceGroupName RG-Legal'; Names = 'contoso-contracts' }
        @{ Filter = '-Kind Face'; Names = 'contoso-face-kiosk' }
        @{ Filter = '-Kind Text*'; Names = 'contoso-language', 'contoso-translate' }
        @{ Filter = '-Location westus2'; Names = 'contoso-speech-test' }
        @{ Filter = "-Location 'West US 2'"; Names = 'contoso-speech-test' }
        @{ Filter = '-Location SouthCentralUS, northEUROPE'; Names = 'contoso-face-kiosk', 'contoso-language' }
        @{ Filter = '-ExpiringWithin 04:00:00'; Names = 'contoso-ai-hub', 'contoso-face-kiosk' }
        @{ Filter = "contoso-* -Kind OpenAI -Location 'West Europe'"; Names = 'contoso-contracts' }
        @{ Filter = 'nothing-*'; Names = @() }
    ) {
        $accounts = . ([scriptblock]::Create("Get-DeletedCognitiveAccount $Filter -ErrorVariable problems"))

        @($accounts | ForEach-Object Name | Sort-Object) | Should -Be $Names
        $problems | Should -BeNullOrEmpty
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

    It 'finds an account by its own resource id and by that of the deleted account' {
        $deleted = Get-DeletedCognitiveAccount contoso-safety

        (Get-DeletedCognitiveAccount -ResourceId $deleted.ResourceId).Name | Should -Be 'contoso-safety'
        (Get-DeletedCognitiveAccount -ResourceId $deleted.AccountId).Name | Should -Be 'contoso-safety'
    }

    It 'never lists everything where -ResourceId is <What>' -ForEach @(
        @{ What = 'something else'; Id = '/nonsense' }
        @{ What = 'empty'; Id = '' }
        @{ What = '$null'; Id = $null }
    ) {
        { Get-DeletedCognitiveAccount -ResourceId $Id -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidResourceId,*'
    }

    It 'writes an error for a name that isn''t there, and the others all the same' {
        $accounts = Get-DeletedCognitiveAccount contoso-gone, contoso-forms -ErrorVariable problems `
            -ErrorAction SilentlyContinue

        $accounts.Name | Should -Be 'contoso-forms'
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be 'contoso-gone'
    }

    It 'says who deleted an account where that is asked for' {
        (Get-DeletedCognitiveAccount contoso-speech-test).DeletedBy | Should -BeNullOrEmpty
        (Get-DeletedCognitiveAccount contoso-speech-test -IncludeDeletedBy).DeletedBy | Should -Be 'dana@contoso.com'
    }

    It 'ends when somebody downstream has enough' {
        @(Get-DeletedCognitiveAccount -AllSubscriptions | Select-Object -First 2).Count | Should -Be 2
        @(Get-DeletedCognitiveAccount).Count | Should -Be 15
    }

    It 'works in a context that is given, whatever the current one is' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            $context = Get-AzContext
            if (Get-Command Clear-AzContext -ErrorAction Ignore) { $null = Clear-AzContext -Scope Process -Force }
            else { Disconnect-AzAccount }
            (Get-DeletedCognitiveAccount contoso-forms -DefaultProfile $context).Name
            (Get-DeletedCognitiveAccount contoso-forms -AzContext $context).Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'contoso-forms', 'contoso-forms'
    }

    It 'tells each request with -Verbose' {
        $told = Get-DeletedCognitiveAccount contoso-forms -Verbose 4>&1

        @($told) -match '^GET /subscriptions/.+/deletedAccounts: 200 in \d+ ms' | Should -HaveCount 1
    }

    It 'refuses -<Parameter> <Value>' -ForEach @(
        @{ Parameter = 'ExpiringWithin'; Value = 5 }
        @{ Parameter = 'ThrottleLimit'; Value = 0 }
        @{ Parameter = 'ApiVersion'; Value = 'latest' }
        @{ Parameter = 'Kind'; Value = '' }
    ) {
        $given = @{ $Parameter = $Value }

        { Get-DeletedCognitiveAccount @given } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
