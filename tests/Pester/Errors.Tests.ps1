#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
}

AfterAll { Stop-Sandbox }

Describe 'An error' {
    AfterEach { Set-Fault }

    It 'of <Run> is <Id>, with a target and what to do' -ForEach @(
        @{ Id = 'DeletedAccountNotFound'; Run = 'Restore-CognitiveAccount'; With = @{ Name = 'contoso-gone' }
            Category = 'ObjectNotFound'; Target = 'contoso-gone'; Action = 'Get-AzCognitiveServicesAccount' }
        @{ Id = 'AmbiguousAccount'; Run = 'Remove-DeletedCognitiveAccount'
            With = @{ Name = 'contoso-chatbot'; Force = $true }
            Category = 'InvalidArgument'; Target = 'contoso-chatbot'; Action = '-ResourceGroupName' }
        @{ Id = 'ResourceGroupNotFound'; Run = 'Restore-CognitiveAccount'; With = @{ Name = 'contoso-vision' }
            Category = 'ObjectNotFound'; Target = 'contoso-vision'; Action = '-CreateResourceGroup' }
        @{ Id = 'KeyVaultDeleted'; Run = 'Restore-CognitiveAccount'; With = @{ Name = 'contoso-contracts' }
            Category = 'ResourceUnavailable'; Target = 'contoso-contracts'; Action = 'Undo-AzKeyVaultRemoval' }
        @{ Id = 'StorageAccountMissing'; Run = 'Restore-CognitiveAccount'; With = @{ Name = 'contoso-dictation' }
            Category = 'ResourceUnavailable'; Target = 'contoso-dictation'; Action = 'stcontosodictation' }
        @{ Id = 'InvalidResourceId'; Run = 'Restore-CognitiveAccount'; With = @{ Name = 'contoso-*' }
            Category = 'InvalidArgument'; Target = 'contoso-*'; Action = 'Get-DeletedCognitiveAccount -Name' }
        @{ Id = 'InvalidResourceId'; Run = 'Get-DeletedCognitiveAccount'; With = @{ ResourceId = '/nonsense' }
            Category = 'InvalidArgument'; Target = '/nonsense'; Action = 'ResourceId' }
        @{ Id = 'InvalidResourceId'; Run = 'Get-DeletedCognitiveAccount'; With = @{ SubscriptionId = 'Production' }
            Category = 'InvalidArgument'; Target = 'Production'; Action = 'Get-AzSubscription' }
        @{ Id = 'InvalidLocation'; Run = 'Get-DeletedCognitiveAccount'; With = @{ Location = '(US) Esat US' }
            Category = 'InvalidArgument'; Target = '(US) Esat US'; Action = "Give 'eastus' instead" }
        @{ Id = 'UnsupportedApiVersion'; Run = 'Get-DeletedCognitiveAccount'; With = @{ ApiVersion = '1999-01-01' }
            Category = 'InvalidArgument'; Target = '????????-????-????-????-????????????'; Action = '-ApiVersion 20' }
    ) {
        & $Run @With -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty

        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,CogRecover.Commands.$($Run -replace '-')Command"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        "$($problems[0].TargetObject)" | Should -BeLike $Target
        $problems[0].ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape($Action))
        $problems[0].Exception | Should -BeOfType CogRecover.RecoveryException
    }

    It 'never shows the token' {
        Set-Fault @{ Kind = 'Status'; Status = 401; Code = 'InvalidAuthenticationToken' }
        $all = & {
            # As -Debug does, which asks before each line in Windows PowerShell.
            $DebugPreference = 'Continue'
            Get-DeletedCognitiveAccount -Verbose -ErrorVariable problems -ErrorAction Continue
            $problems | ForEach-Object { $_.Exception.ToString(); $_ | Format-List * -Force }
        } *>&1 | Out-String

        $all | Should -Match 'Authorization: \*\*\*'
        $all | Should -Not -Match 'Bearer sandbox'
    }

    It 'ends the script with -ErrorAction Stop' {
        { Restore-CognitiveAccount contoso-gone -ErrorAction Stop } |
            Should -Throw -ErrorId 'DeletedAccountNotFound,CogRecover.Commands.RestoreCognitiveAccountCommand'
    }

    # Windows PowerShell shows the message only.
    It 'shows its recommendation where it is shown' -Skip:($PSEdition -ne 'Core') {
        $window = Open-Window -Width 500

        $shown = $window.Show('Restore-CognitiveAccount contoso-vision')
        $window.Dispose()

        $shown | Should -Match "Account 'contoso-vision' in resource group 'rg-retired' can't be restored"
        $shown | Should -Match 'Recommendation: Add -CreateResourceGroup'
    }
}

Describe 'A session that isn''t signed in' {
    It 'is told which command signs in, by every command' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            Disconnect-Sandbox
            foreach ($command in Get-Command -Module CogRecover) {
                $account = @{ Name = "contoso-forms" }
                try { & $command @account -ErrorAction Stop }
                catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)"; $_.ErrorDetails.RecommendedAction }
            }'

        $run.Output | Where-Object { $_ -like 'NotSignedIn,*' } | Should -Be @(
            'NotSignedIn,CogRecover.Commands.GetDeletedCognitiveAccountCommand AuthenticationError'
            'NotSignedIn,CogRecover.Commands.RemoveDeletedCognitiveAccountCommand AuthenticationError'
            'NotSignedIn,CogRecover.Commands.RestoreCognitiveAccountCommand AuthenticationError'
            'NotSignedIn,CogRecover.Commands.TestCognitiveAccountRestoreCommand AuthenticationError')
        $run.Output -match 'Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity' | Should -HaveCount 4
    }
}
