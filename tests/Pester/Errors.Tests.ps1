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

    It 'is <Id> where Azure answers a <Method> with <Status> <Code>' -ForEach @(
        @{ Id = 'AuthenticationFailed'; Method = 'GET'; Status = 401; Code = 'InvalidAuthenticationToken'
            Category = 'AuthenticationError'; Action = 'Connect-AzAccount' }
        @{ Id = 'AuthorizationFailed'; Method = 'DELETE'; Status = 403; Code = 'AuthorizationFailed'
            Category = 'PermissionDenied'; Action = '/locations/resourceGroups/deletedAccounts/delete' }
        @{ Id = 'LockedOrForbiddenByPolicy'; Method = 'PUT'; Status = 409; Code = 'ScopeLocked'
            Category = 'PermissionDenied'; Action = 'lock' }
        @{ Id = 'LockedOrForbiddenByPolicy'; Method = 'PUT'; Status = 403; Code = 'RequestDisallowedByPolicy'
            Category = 'PermissionDenied'; Action = 'polic' }
        @{ Id = 'ServiceUnavailable'; Method = 'GET'; Status = 503; Code = 'ServerBusy'
            Category = 'ResourceUnavailable'; Action = 'Wait a minute' }
    ) {
        $names = @{ GET = 'refused-get'; PUT = 'refused-put'; DELETE = 'refused-delete' }
        New-DeletedAccount $names[$Method] -ResourceGroupName "rg-$Code"
        Set-Fault @{ Kind = 'Status'; Method = $Method; Status = $Status; Code = $Code }

        $quietly = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        switch ($Method) {
            GET { Get-DeletedCognitiveAccount @quietly }
            PUT { Restore-CognitiveAccount refused-put "rg-$Code" @quietly }
            DELETE { Remove-DeletedCognitiveAccount refused-delete "rg-$Code" -Force @quietly }
        }

        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,CogRecover.Commands.*Command"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].ErrorDetails.RecommendedAction | Should -Match $Action
        $problems[0].Exception.Status | Should -Be $Status
        $problems[0].Exception.ServiceErrorCode | Should -Be $Code
        $problems[0].Exception.CorrelationRequestId | Should -Match '^[0-9a-f-]{36}$'
    }

    It 'is PurgeFailed where the purge fails at the service' {
        New-DeletedAccount purge-fails
        Set-Fault @{ Kind = 'Operation'; State = 'Failed'; Code = 'Odd'; Path = '/operationResults/' }

        Remove-DeletedCognitiveAccount purge-fails -Force -ErrorVariable problems -ErrorAction SilentlyContinue

        $problems.FullyQualifiedErrorId |
            Should -Be 'PurgeFailed,CogRecover.Commands.RemoveDeletedCognitiveAccountCommand'
        $problems.TargetObject.Name | Should -Be 'purge-fails'
    }

    It 'is OperationInProgress where Azure is busy with the account for longer than -Timeout' {
        New-DeletedAccount busy
        $account = Get-DeletedCognitiveAccount busy
        # So that it isn't asked again just when the time is over.
        Set-Fault @{ Kind = 'Status'; Status = 409; Code = 'RequestConflict'; Method = 'DELETE'; RetryAfter = '60' }

        $account | Remove-DeletedCognitiveAccount -Force -Timeout 00:00:05 -ErrorVariable problems `
            -ErrorAction SilentlyContinue

        $problems.FullyQualifiedErrorId |
            Should -Be 'OperationInProgress,CogRecover.Commands.RemoveDeletedCognitiveAccountCommand'
        $problems.CategoryInfo.Category | Should -Be 'ResourceBusy'
        $problems.ErrorDetails.RecommendedAction | Should -Match '-Timeout'
        Get-AccountState busy | Should -Be 'Deleted'
    }

    It 'is InvalidServiceResponse where a proxy answers in Azure''s place' {
        Set-Fault @{ Kind = 'NotJson' }

        Get-DeletedCognitiveAccount -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty

        $problems.FullyQualifiedErrorId |
            Should -Be 'InvalidServiceResponse,CogRecover.Commands.GetDeletedCognitiveAccountCommand'
    }

    It 'is UntrustedHost where an answer leads elsewhere' {
        Set-Fault @{
            Kind = 'Edit'; Path = '/deletedAccounts$'; Edits = @{ '/nextLink' = 'https://elsewhere.example/' }
        }

        $read = Get-DeletedCognitiveAccount -ErrorVariable problems -ErrorAction SilentlyContinue

        $read.Name | Should -Contain 'contoso-forms'
        $problems.FullyQualifiedErrorId |
            Should -Be 'UntrustedHost,CogRecover.Commands.GetDeletedCognitiveAccountCommand'
        $problems.CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'never shows the token' {
        Set-Fault @{ Kind = 'Status'; Status = 401; Code = 'InvalidAuthenticationToken' }
        $all = & {
            Get-DeletedCognitiveAccount -Verbose -Debug -ErrorVariable problems -ErrorAction Continue
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

# The last of this sandbox: its requests have to wait from then on.
Describe 'Azure''s throttling' {
    It 'is an error where the wait is longer than -Timeout' {
        Set-Fault @{ Kind = 'Status'; Method = 'DELETE'; Status = 429; Code = 'TooManyRequests'; RetryAfter = '86400' }

        Remove-DeletedCognitiveAccount contoso-forms -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        Set-Fault

        $problems.FullyQualifiedErrorId |
            Should -Be 'RequestThrottled,CogRecover.Commands.RemoveDeletedCognitiveAccountCommand'
        $problems.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $problems.ErrorDetails.RecommendedAction | Should -Match 'again'
        Get-AccountState contoso-forms rg-finance | Should -Be 'Deleted'
    }
}

Describe 'A session that isn''t signed in' {
    It 'is told which command signs in, by every command' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            if (Get-Command Clear-AzContext -ErrorAction Ignore) { $null = Clear-AzContext -Scope Process -Force }
            else { Disconnect-AzAccount }
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
