#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll { . (Join-Path $PSScriptRoot 'Sandbox.ps1') }

Describe 'A job' {
    BeforeAll { Start-Sandbox -OperationTime 1 }

    AfterAll { Stop-Sandbox }

    AfterEach { Get-Job | Where-Object PSJobTypeName -EQ CogRecoverJob | Remove-Job -Force }

    It 'restores in the background, and is waited for and received like any other' {
        $job = Restore-CognitiveAccount contoso-openai-prod -AsJob

        $job | Should -BeOfType System.Management.Automation.Job
        $job.Name | Should -Be 'Restore-CognitiveAccount'
        (Get-Job -Id $job.Id).InstanceId | Should -Be $job.InstanceId
        $null = Wait-Job $job
        $job.State | Should -Be 'Completed'
        $job.HasMoreData | Should -BeTrue
        $live = Receive-Job $job
        $live | Should -BeOfType CogRecover.CognitiveAccount
        $live.ProvisioningState | Should -Be 'Succeeded'
        $job.HasMoreData | Should -BeFalse
        Get-AccountState contoso-openai-prod rg-ai-prod | Should -Be 'Succeeded'
    }

    It 'gives its errors to whoever receives it, with what to do' {
        $job = Restore-CognitiveAccount contoso-vision -AsJob
        $null = Wait-Job $job

        $received = Receive-Job $job -ErrorVariable problems -ErrorAction SilentlyContinue

        $received | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId |
            Should -Be 'ResourceGroupNotFound,CogRecover.Commands.RestoreCognitiveAccountCommand'
        $problems.TargetObject.Name | Should -Be 'contoso-vision'
        $problems.ErrorDetails.RecommendedAction | Should -Match '-CreateResourceGroup'
    }

    It 'keeps what it wrote with Receive-Job -Keep' {
        $job = Restore-CognitiveAccount contoso-safety -AsJob
        $null = Wait-Job $job

        (Receive-Job $job -Keep).Name | Should -Be 'contoso-safety'
        (Receive-Job $job).Name | Should -Be 'contoso-safety'
        Receive-Job $job | Should -BeNullOrEmpty
    }

    It 'purges in the background too, and is received with -Wait' {
        $purged = Remove-DeletedCognitiveAccount contoso-language -Force -PassThru -AsJob | Receive-Job -Wait

        $purged.Name | Should -Be 'contoso-language'
        Get-AccountState contoso-language rg-ai-prod | Should -Be 'Purged'
    }

    It 'isn''t begun with -WhatIf' {
        $window = Open-Window

        $shown = $window.Show('Restore-CognitiveAccount contoso-forms -AsJob -WhatIf; @(Get-Job).Count')
        $window.Dispose()

        $shown | Should -Match "What if: Restore account 'contoso-forms'"
        $shown.Trim() | Should -Match '\n0$'
        Get-AccountState contoso-forms rg-finance | Should -Be 'Deleted'
    }
}

# Operations that no test waits for: nothing that is under way ends meanwhile, however slow the machine is.
Describe 'An operation that takes long' {
    BeforeAll {
        Start-Sandbox -OperationTime 3600

        # What is sent is known once Azure knows it. Which of several is the first isn't promised.
        function Wait-Begun([string[]] $Name, [string] $ResourceGroupName) {
            do {
                Start-Sleep -Milliseconds 50
                $begun = @($Name | Where-Object { (Get-AccountState $_ $ResourceGroupName) -eq 'Creating' })
            } until ($begun)
            $begun[0]
        }
    }

    AfterAll { Stop-Sandbox }

    AfterEach { Get-Job | Where-Object PSJobTypeName -EQ CogRecoverJob | Remove-Job -Force }

    It 'is left to Azure by Stop-Job, which says so, and what wasn''t sent isn''t' {
        $job = 'contoso-openai-prod', 'contoso-safety' | Restore-CognitiveAccount -AsJob -ThrottleLimit 1
        $job.State | Should -Be 'Running'
        $begun = Wait-Begun contoso-openai-prod, contoso-safety rg-ai-prod
        $left = 'contoso-openai-prod', 'contoso-safety' | Where-Object { $_ -ne $begun }

        Stop-Job $job

        $job.State | Should -Be 'Stopped'
        $job.ChildJobs.State | Sort-Object -Unique | Should -Be 'Stopped'
        $said = Receive-Job $job 3>&1 | Out-String -Width 500
        $said | Should -Match "'$begun'"
        $said | Should -Not -Match "'$left'"
        Get-AccountState $begun rg-ai-prod | Should -Be 'Creating'
        Get-AccountState $left rg-ai-prod | Should -Be 'Deleted'
    }

    It 'doesn''t end in the time that Wait-Job gives it' {
        $job = Restore-CognitiveAccount contoso-forms -AsJob

        Wait-Job $job -Timeout 1 | Should -BeNullOrEmpty

        $job.State | Should -Be 'Running'
    }
}
