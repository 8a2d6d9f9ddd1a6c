#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
}

AfterAll { Stop-Sandbox }

Describe 'Test-CognitiveAccountRestore' {
    It 'says that an account can be restored, and what it looked at' {
        $test = Test-CognitiveAccountRestore contoso-openai-prod

        $test | Should -BeOfType CogRecover.RestoreTestResult
        $test.CanRestore | Should -BeTrue
        $test.ResourceGroupName | Should -Be 'rg-ai-prod'
        $test.Checks.Status | Sort-Object -Unique | Should -Be 'Passed'
        $test.Checks.Name | Sort-Object | Should -Be 'Name', 'Permission', 'ResourceGroup', 'Retention'
        Get-AccountState contoso-openai-prod rg-ai-prod | Should -Be 'Deleted'
    }

    It 'finds that the <Check> of <Name> is in the way, and what to do' -ForEach @(
        @{ Name = 'contoso-vision'; Check = 'ResourceGroup'; ErrorId = 'ResourceGroupNotFound'
            Action = "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'" }
        @{ Name = 'contoso-contracts'; Check = 'KeyVault'; ErrorId = 'KeyVaultDeleted'
            Action = "Undo-AzKeyVaultRemoval -VaultName 'kv-contoso-legal'" }
        @{ Name = 'contoso-dictation'; Check = 'Storage'; ErrorId = 'StorageAccountMissing'
            Action = 'Restore deleted accounts' }
    ) {
        $test = Test-CognitiveAccountRestore $Name

        $test.CanRestore | Should -BeFalse
        $test.Checks[0].Name | Should -Be $Check
        $test.Checks[0].Status | Should -Be 'Failed'
        $test.Checks[0].ErrorId | Should -Be $ErrorId
        $test.Checks[0].RecommendedAction | Should -BeLike "*$Action*"
    }

    It 'warns of a subnet that is gone, which stops no restore' {
        $test = Test-CognitiveAccountRestore contoso-intranet

        $test.CanRestore | Should -BeTrue
        $test.Checks[0].Name | Should -Be 'Network'
        $test.Checks[0].Status | Should -Be 'Warning'
    }


    It 'looks at all that is piped in, and writes what fails first' {
        $tests = Get-DeletedCognitiveAccount contoso-* | Test-CognitiveAccountRestore

        $tests.Count | Should -Be @(Get-DeletedCognitiveAccount contoso-*).Count
        @($tests | Where-Object { -not $_.CanRestore }).Count | Should -Be 3
        $tests[0..2].CanRestore | Sort-Object -Unique | Should -Be $false
    }

    It 'is what a restore looks at too, unless it is told not to' {
        Restore-CognitiveAccount contoso-dictation -ErrorVariable looked -ErrorAction SilentlyContinue
        Restore-CognitiveAccount contoso-dictation -SkipPrerequisiteCheck -ErrorVariable tried `
            -ErrorAction SilentlyContinue

        $looked[0].FullyQualifiedErrorId | Should -BeLike 'StorageAccountMissing,*'
        $looked[0].Exception.Message | Should -BeLike '*nothing was sent*'
        $tried[0].FullyQualifiedErrorId | Should -BeLike 'RestoreFailed,*'
    }

    It 'writes an error for a name that isn''t there, and the others all the same' {
        $test = Test-CognitiveAccountRestore contoso-gone, contoso-forms -ErrorVariable problems `
            -ErrorAction SilentlyContinue

        $test.Name | Should -Be 'contoso-forms'
        $problems[0].FullyQualifiedErrorId |
            Should -Be 'DeletedAccountNotFound,CogRecover.Commands.TestCognitiveAccountRestoreCommand'
    }
}
