#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeDiscovery {
    # Az signs in with the real Az.Accounts only.
    $hasCognitiveServices = (Get-Module Az.CognitiveServices -ListAvailable) -and
        (Get-Module Az.Accounts -ListAvailable | Where-Object Version -GE '2.12')
    # In brackets: Windows PowerShell would pass on the list of a JSON file as one object.
    $forms = @(
        @{ Form = 'a CSV file'; Save = { $input | Export-Csv $File -NoTypeInformation; Import-Csv $File } }
        @{ Form = 'a JSON file'; Save = { $input | ConvertTo-Json | Set-Content $File; (Get-Content $File -Raw | ConvertFrom-Json) } }
        @{ Form = 'a CLIXML file'; Save = { $input | Export-Clixml $File; Import-Clixml $File } }
        @{ Form = 'a job'; Save = { Start-Job { $using:rows } | Receive-Job -Wait -AutoRemoveJob } }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox

    # Another account takes the place of one that was listed.
    function Replace-Account {
        param([string] $Name)

        Remove-DeletedCognitiveAccount $Name -Force
        Start-Sleep -Milliseconds 1100
        New-DeletedAccount $Name
    }
}

AfterAll { Stop-Sandbox }

Describe 'A list that was approved' {
    BeforeEach {
        $File = Join-Path $TestDrive 'approved'
        New-DeletedAccount list-one, list-two
        $rows = Get-DeletedCognitiveAccount list-*
    }

    AfterEach { Get-DeletedCognitiveAccount list-* | Remove-DeletedCognitiveAccount -Force }

    It 'is worked off from <Form>' -ForEach $forms {
        $saved = @($rows | & $Save)

        $purged = $saved | Remove-DeletedCognitiveAccount -Force -PassThru

        $purged.Name | Sort-Object | Should -Be 'list-one', 'list-two'
    }

    It 'leaves alone what has taken the place of an account that Az has listed' -Skip:(-not $hasCognitiveServices) {
        $listed = Get-AzCognitiveServicesAccount -InRemovedState | Where-Object AccountName -EQ list-one
        $json = $listed | ConvertTo-Json | ConvertFrom-Json
        $listed | Test-CognitiveAccountRestore | Should -Not -BeNullOrEmpty
        Replace-Account list-one

        $listed, $json | Remove-DeletedCognitiveAccount -Force -ErrorVariable problems -ErrorAction SilentlyContinue

        $problems.FullyQualifiedErrorId | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -BeLike 'DeletedAccountNotFound,*'
        Get-AccountState list-one | Should -Be 'Deleted'
    }

    It 'says that a CSV file of what Az has listed has no date' -Skip:(-not $hasCognitiveServices) {
        Get-AzCognitiveServicesAccount -InRemovedState | Where-Object AccountName -EQ list-one | Export-Csv $File

        Import-Csv $File | Remove-DeletedCognitiveAccount -Force -ErrorVariable problems -ErrorAction SilentlyContinue

        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDeletionDate,*'
        Get-AccountState list-one | Should -Be 'Deleted'
    }
}
