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
}
