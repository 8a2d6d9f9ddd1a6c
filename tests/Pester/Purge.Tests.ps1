#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
}

AfterAll { Stop-Sandbox }

Describe 'Remove-DeletedCognitiveAccount' {
    It 'purges with -Force, without a question and without output' {
        New-DeletedAccount purge-force

        Remove-DeletedCognitiveAccount purge-force -Force | Should -BeNullOrEmpty

        Get-AccountState purge-force | Should -Be 'Purged'
    }

    It 'purges with -Confirm:$false' {
        New-DeletedAccount purge-confirm

        Remove-DeletedCognitiveAccount purge-confirm -Confirm:$false

        Get-AccountState purge-confirm | Should -Be 'Purged'
    }

    It 'purges what is piped in, and writes it with -PassThru' {
        New-DeletedAccount purge-one, purge-two

        $purged = Get-DeletedCognitiveAccount purge-* | Remove-DeletedCognitiveAccount -Force -PassThru

        $purged | Should -BeOfType CogRecover.DeletedCognitiveAccount
        $purged.Name | Sort-Object | Should -Be 'purge-one', 'purge-two'
        Get-DeletedCognitiveAccount purge-* | Should -BeNullOrEmpty
    }

    It 'purges nothing with -WhatIf, with -Force neither' {
        New-DeletedAccount purge-whatif
        $window = Open-Window -Width 300

        $shown = $window.Show('Remove-DeletedCognitiveAccount purge-whatif -WhatIf')
        $forced = $window.Show('Remove-DeletedCognitiveAccount purge-whatif -WhatIf -Force')
        $window.Dispose()

        $shown | Should -Match "What if: Permanently purge account 'purge-whatif' \(OpenAI\) in resource group 'rg-ai'"
        $shown | Should -Match 'Its keys, endpoint, model deployments and data are lost for good;'
        $shown | Should -Match 'Its name and model quota become free for others\.'
        $forced | Should -Be $shown
        Get-AccountState purge-whatif | Should -Be 'Deleted'
    }

    It 'asks for each account, and takes no for an answer' {
        New-DeletedAccount ask-one, ask-two
        $window = Open-Window -Answer No

        $window.Show('Get-DeletedCognitiveAccount ask-* | Remove-DeletedCognitiveAccount').Trim() |
            Should -Match '^Purging accounts: 0 of 2 purged, 2 not started in \d+ s\. Get-DeletedCognitiveAccount shows '
        $questions = $window.Questions
        $window.Dispose()

        $questions.Count | Should -Be 2
        $questions[0] | Should -Match "^Permanently purge account 'ask-.*' .*Its .* free for others\. Purge it\?$"
        Get-AccountState ask-one | Should -Be 'Deleted'
        Get-AccountState ask-two | Should -Be 'Deleted'
    }

    It 'purges what it is told to' {
        New-DeletedAccount ask-yes
        $window = Open-Window -Answer Yes

        $window.Show('Remove-DeletedCognitiveAccount ask-yes') |
            Should -Match "Purged account 'ask-yes' \(OpenAI\) in resource group 'rg-ai', location 'westus2'. It is gone"
        $window.Dispose()

        Get-AccountState ask-yes | Should -Be 'Purged'
    }

    It 'purges nothing where nobody is there to ask, and says what to give' {
        New-DeletedAccount ask-nobody

        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            try { Remove-DeletedCognitiveAccount ask-nobody }
            catch { "$_"; $_.ErrorDetails.RecommendedAction; $_.TargetObject.GetType().FullName }'

        $run.Output[0] | Should -BeLike "The command can't ask about account 'ask-nobody' in this session, and nothing was done.*"
        $run.Output[-2] | Should -Be 'Give -Confirm:$false or -Force.'
        $run.Output[-1] | Should -Be 'CogRecover.DeletedCognitiveAccount'
        Get-AccountState ask-nobody | Should -Be 'Deleted'
    }
}
