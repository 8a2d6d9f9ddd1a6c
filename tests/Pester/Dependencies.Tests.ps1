BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    Start-Sandbox -OperationTime 1 -GroupDeletionTime 8
    $group = "/subscriptions/$($Sandbox.SubscriptionId)/resourceGroups/rg-contoso-factory"
    $names = 'contoso-factory-ai', 'contoso-factory-openai', 'contoso-factory-speech'
}

AfterAll { Stop-Sandbox }

Describe 'A resource group that is deleted with all that is in it' {
    BeforeAll {
        (Invoke-Arm DELETE $group).Status | Should -Be 202
        $accounts = Get-DeletedCognitiveAccount -ResourceGroupName rg-contoso-factory
    }

    It 'is seen to be on its way out' {
        (Invoke-Arm GET $group).Body.properties.provisioningState | Should -Be 'Deleting'
        ($accounts.Name | Sort-Object) | Should -Be $names
        ($accounts | Where-Object Name -EQ 'contoso-factory-ai').Projects | Should -Be 'assembly', 'quality'
        ($accounts | Test-CognitiveAccountRestore).CanRestore | Should -Be $false, $false, $false
    }

    It 'has a plan that -WhatIf shows, and nothing is written' {
        $requests = @($accounts | Restore-CognitiveAccount -RestoreDependency -WhatIf -Verbose 4>&1)

        @($requests -match '(PUT|DELETE|PATCH) ') | Should -HaveCount 0
    }

    It 'comes back with one write each, and one warning an account of what has to be done by hand' {
        $all = @($accounts | Restore-CognitiveAccount -RestoreDependency -Confirm:$false -Verbose `
            -WarningVariable warnings -WarningAction SilentlyContinue 4>&1)

        $restored = @($all | Where-Object { $_ -is [CogRecover.CognitiveAccount] })
        ($restored.Name | Sort-Object) | Should -Be $names
        @($restored.ProvisioningState | Sort-Object -Unique) | Should -Be 'Succeeded'
        $writes = @($all | Where-Object { $_ -match '^PUT ' })
        @($writes -match '/resourceGroups/rg-contoso-factory(\?|:| )') | Should -HaveCount 1
        @($writes -match '/vaults/kv-contoso-factory') | Should -HaveCount 1
        @($writes -match '/storageAccounts/stcontosofactory') | Should -HaveCount 1
        @($writes -match '/accounts/contoso-factory-') | Should -HaveCount 3
        $warnings | Should -HaveCount 3
        "$warnings" | Should -Match "projects 'assembly' and 'quality'"
        "$warnings" | Should -Match "no role at key vault 'kv-contoso-factory'"
        "$warnings" | Should -Match "no role at storage account 'stcontosofactory'"
    }

    It 'has nothing left to bring back' {
        Get-DeletedCognitiveAccount -ResourceGroupName rg-contoso-factory | Should -BeNullOrEmpty
    }
}
