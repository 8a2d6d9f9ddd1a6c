#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox

    # Presses Tab at the end of a line: again where nothing came, as Tab waits two seconds and a machine may be slower.
    function Get-Completion([string] $Line) {
        for ($tab = 0; $tab -lt 20; $tab++) {
            $offered = (TabExpansion2 $Line $Line.Length).CompletionMatches |
                Where-Object ResultType -EQ ParameterValue
            if ($offered) { return $offered }
        }
    }
}

AfterAll { Stop-Sandbox }

Describe 'Tab' {
    It 'completes "<Line>"' -ForEach @(
        @{ Line = 'Restore-CognitiveAccount contoso-f'; Texts = 'contoso-face-kiosk', 'contoso-forms' }
        @{ Line = 'Get-DeletedCognitiveAccount -Name *-hub'; Texts = 'contoso-ai-hub' }
        @{ Line = 'Remove-DeletedCognitiveAccount -AccountName CONTOSO-V'; Texts = 'contoso-vision' }
        @{ Line = 'Test-CognitiveAccountRestore contoso-forms, contoso-v'; Texts = 'contoso-vision' }
        @{ Line = 'Restore-CognitiveAccount contoso-chatbot -ResourceGroupName '; Texts = 'rg-web-dev', 'rg-web-prod' }
        @{ Line = 'Restore-CognitiveAccount contoso-chatbot rg-web-dev -Location '; Texts = 'eastus' }
        @{ Line = 'Get-DeletedCognitiveAccount -Kind T'; Texts = 'TextAnalytics', 'TextTranslation' }
        @{ Line = 'Get-DeletedCognitiveAccount -Location "West US'; Texts = '"westus2"' }
        @{ Line = 'Get-DeletedCognitiveAccount -ResourceGroupName rg-legal -Name '; Texts = 'contoso-contracts' }
        @{ Line = 'Restore-CognitiveAccount -Name contoso-face-kiosk, contoso-f'; Texts = 'contoso-forms' }
        @{ Line = 'Restore-CognitiveAccount contoso-forms -Timeout '; Texts = '5m', '30m', '1h', '4h' }
        @{ Line = 'Restore-CognitiveAccount -Timeout 3'; Texts = '30m' }
        @{ Line = 'Get-DeletedCognitiveAccount -ExpiringWithin '; Texts = '1h', '4h', '12h', '24h' }
    ) {
        (Get-Completion $Line).CompletionText | Should -Be $Texts
    }

    It 'leaves out what the list has already' {
        $offered = (Get-Completion 'Restore-CognitiveAccount contoso-forms, ').CompletionText

        $offered | Should -Contain 'contoso-face-kiosk'
        $offered | Should -Not -Contain 'contoso-forms'
    }

    It 'completes a resource id, and shows the name' {
        $offered = Get-Completion 'Restore-CognitiveAccount -ResourceId contoso-vis'

        $offered.ListItemText | Should -Be 'contoso-vision'
        $offered.CompletionText | Should -BeLike '/subscriptions/*/deletedAccounts/contoso-vision'
    }

    It 'offers no files where nothing matches "<Line>"' -ForEach @(
        @{ Line = 'Restore-CognitiveAccount Comp' }
        @{ Line = 'Restore-CognitiveAccount -ResourceId Comp' }
        @{ Line = 'Restore-CognitiveAccount -Timeout Comp' }
        @{ Line = 'Get-DeletedCognitiveAccount -ExpiringWithin Comp' }
        @{ Line = 'Get-DeletedCognitiveAccount -Tag Comp' }
        @{ Line = 'Get-DeletedCognitiveAccount -DeletedBy Comp' }
        @{ Line = 'Get-DeletedCognitiveAccount -DeletedAfter Comp' }
        @{ Line = 'Get-DeletedCognitiveAccount -ThrottleLimit Comp' }
        @{ Line = 'Restore-CognitiveAccount -Row Comp' }
    ) {
        Push-Location $PSScriptRoot
        try {
            (TabExpansion2 'Get-Item Comp' 13).CompletionMatches.Count | Should -Be 1
            (TabExpansion2 $Line $Line.Length).CompletionMatches.Count | Should -Be 0
        }
        finally { Pop-Location }
    }

    It 'offers the tags that deleted accounts have' {
        (Get-Completion 'Get-DeletedCognitiveAccount -Tag env=t').CompletionText | Should -Be 'env=test'
    }

    It 'says in its tip what an account is, where, and how long it can be restored' {
        (Get-Completion 'Restore-CognitiveAccount contoso-speech').ToolTip |
            Should -Match '^SpeechServices in rg-ai-test, westus2, (30h[0-5]\d|29h\d\d)m left$'
    }

    It 'offers the subscriptions that have something deleted' {
        (Get-Completion 'Get-DeletedCognitiveAccount -SubscriptionId ').CompletionText |
            Should -Be $Sandbox.SubscriptionId
    }

    It 'forgets what was restored' {
        (Get-Completion 'Restore-CognitiveAccount contoso-sp').CompletionText | Should -Be 'contoso-speech-test'

        $null = Restore-CognitiveAccount contoso-speech-test

        (Get-Completion 'Restore-CognitiveAccount contoso-s').CompletionText | Should -Be 'contoso-safety'
    }

    It 'knows the parameters of <Command>' -ForEach @(
        @{ Command = 'Get-DeletedCognitiveAccount'; Names = '-AllSubscriptions', '-ExpiringWithin', '-Kind' }
        @{ Command = 'Restore-CognitiveAccount'; Names = '-AsJob', '-CreateResourceGroup', '-NoWait', '-WhatIf' }
        @{ Command = 'Remove-DeletedCognitiveAccount'; Names = '-Force', '-PassThru', '-Confirm' }
        @{ Command = 'Test-CognitiveAccountRestore'; Names = '-Name', '-ResourceId', '-DefaultProfile' }
    ) {
        $offered = (TabExpansion2 "$Command -" "$Command -".Length).CompletionMatches.CompletionText

        $Names | ForEach-Object { $_ | Should -BeIn $offered }
    }
}
