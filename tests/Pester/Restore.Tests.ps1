#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox -OperationTime 1
}

AfterAll { Stop-Sandbox }

Describe 'Restore-CognitiveAccount' {
    It 'brings back an account that is piped in' {
        $live = Get-DeletedCognitiveAccount contoso-openai-prod | Restore-CognitiveAccount

        $live | Should -BeOfType CogRecover.CognitiveAccount
        $live.Name | Should -Be 'contoso-openai-prod'
        $live.ResourceGroupName | Should -Be 'rg-ai-prod'
        $live.ProvisioningState | Should -Be 'Succeeded'
        $live.ResourceId | Should -Be (Get-AccountId contoso-openai-prod rg-ai-prod)
        Get-AccountState contoso-openai-prod rg-ai-prod | Should -Be 'Succeeded'
        Get-DeletedCognitiveAccount contoso-openai-* | Should -BeNullOrEmpty
    }

    It 'looks up the rest of a name' {
        (Restore-CognitiveAccount contoso-speech-test).Location | Should -Be 'westus2'
    }

    It 'tells accounts of one name apart by their group and location' {
        (Restore-CognitiveAccount contoso-chatbot rg-web-dev -Location 'East US').ResourceGroupName |
            Should -Be 'rg-web-dev'

        Get-AccountState contoso-chatbot rg-web-prod | Should -Be 'Deleted'
    }

    It 'takes a resource id of either form' {
        $safety = Get-DeletedCognitiveAccount contoso-safety

        (Restore-CognitiveAccount -ResourceId $safety.ResourceId).Name | Should -Be 'contoso-safety'
        (Restore-CognitiveAccount -Id (Get-AccountId contoso-language rg-ai-prod)).Name | Should -Be 'contoso-language'
    }

    It 'takes names from the pipeline, and restores them at the same time' {
        $live = 'contoso-face-kiosk', 'contoso-translate', 'contoso-ai-hub' | Restore-CognitiveAccount

        $live.Name | Sort-Object | Should -Be 'contoso-ai-hub', 'contoso-face-kiosk', 'contoso-translate'
        $live.ProvisioningState | Sort-Object -Unique | Should -Be 'Succeeded'
    }

    It 'changes nothing with -WhatIf, and says what it would do' {
        $window = Open-Window -Width 200

        $shown = $window.Show('Restore-CognitiveAccount contoso-forms -WhatIf')
        $window.Dispose()

        $shown | Should -Match ("What if: Restore account 'contoso-forms' \(FormRecognizer\) in resource group " +
            "'rg-finance', location 'westeurope', deleted \d{4}-\d\d-\d\d \d\d:\d\d UTC")
        Get-AccountState contoso-forms rg-finance | Should -Be 'Deleted'
    }

    It 'asks with -Confirm, and takes no for an answer' {
        $window = Open-Window -Answer No

        $window.Show('Restore-CognitiveAccount contoso-forms -Confirm') | Should -BeNullOrEmpty
        $questions = $window.Questions
        $window.Dispose()

        $questions | Should -Match "^Restore account 'contoso-forms'"
        Get-AccountState contoso-forms rg-finance | Should -Be 'Deleted'
    }

    It 'restores into a group that is gone only with -CreateResourceGroup' {
        Restore-CognitiveAccount contoso-vision -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ResourceGroupNotFound,*'

        (Restore-CognitiveAccount contoso-vision -CreateResourceGroup).Name | Should -Be 'contoso-vision'

        (Invoke-Arm GET "/subscriptions/$($Sandbox.SubscriptionId)/resourceGroups/rg-retired").Body.location |
            Should -Be 'eastus'
    }

    It 'says of an account that lives already that it does, and writes it' {
        $null = Restore-CognitiveAccount contoso-callcenter

        $live = Restore-CognitiveAccount contoso-callcenter -WarningVariable warnings -WarningAction SilentlyContinue

        $live.Name | Should -Be 'contoso-callcenter'
        $warnings | Should -Match "'contoso-callcenter' .* lives already"
    }

    It 'warns where a subnet is gone, and restores all the same' {
        $live = Restore-CognitiveAccount contoso-intranet -WarningVariable warnings -WarningAction SilentlyContinue

        $live.ProvisioningState | Should -Be 'Succeeded'
        $warnings | Should -Match 'snet-intranet'
    }

    It 'doesn''t wait with -NoWait, and waits for it when its account is piped in again' {
        $begun = Restore-CognitiveAccount contoso-forms -NoWait

        $begun.ProvisioningState | Should -Be 'Creating'
        ($begun | Restore-CognitiveAccount).ProvisioningState | Should -Be 'Succeeded'
        Get-AccountState contoso-forms rg-finance | Should -Be 'Succeeded'
    }

    It 'goes on with the others where one can''t be restored' {
        $live = Get-DeletedCognitiveAccount -Name contoso-contracts, contoso-chatbot |
            Restore-CognitiveAccount -ErrorVariable problems -ErrorAction SilentlyContinue

        $live.Name | Should -Be 'contoso-chatbot'
        $problems.FullyQualifiedErrorId |
            Should -Be 'KeyVaultDeleted,CogRecover.Commands.RestoreCognitiveAccountCommand'
    }
}
