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
        $test.Checks.Name | Sort-Object | Should -Be 'Lock', 'Name', 'Permission', 'ResourceGroup', 'Retention', 'Subscription'
        Get-AccountState contoso-openai-prod rg-ai-prod | Should -Be 'Deleted'
    }


    It 'looks at all that is piped in, and writes what fails first' {
        $tests = Get-DeletedCognitiveAccount contoso-* | Test-CognitiveAccountRestore

        $tests.Count | Should -Be @(Get-DeletedCognitiveAccount contoso-*).Count
        @($tests | Where-Object { -not $_.CanRestore }).Count | Should -Be 3
        $tests[0..2].CanRestore | Sort-Object -Unique | Should -Be $false
    }
}
