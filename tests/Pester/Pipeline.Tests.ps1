#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeDiscovery {
    $hasCognitiveServices = (Get-Module Az.CognitiveServices -ListAvailable) -and
        (Get-Module Az.Accounts -ListAvailable)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox

    function Get-Key {
        param(
            [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [string] $ResourceGroupName,
            [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [Alias('AccountName')] [string] $Name)
        process { "$ResourceGroupName/$Name" }
    }
}

AfterAll { Stop-Sandbox }

Describe 'What the module writes' {
    It 'binds to a command with -ResourceGroupName and -Name' {
        New-DeletedAccount pipe-one, pipe-two

        Get-DeletedCognitiveAccount pipe-* | Get-Key | Sort-Object | Should -Be 'rg-ai/pipe-one', 'rg-ai/pipe-two'
        Get-DeletedCognitiveAccount pipe-* | Restore-CognitiveAccount | Get-Key | Sort-Object |
            Should -Be 'rg-ai/pipe-one', 'rg-ai/pipe-two'
    }

    It 'binds to the commands of Az.CognitiveServices' -Skip:(-not $hasCognitiveServices) {
        New-DeletedAccount pipe-az

        $keys = Restore-CognitiveAccount pipe-az | Get-AzCognitiveServicesAccountKey

        $keys.Key1 | Should -Match '^[0-9a-f]{32}$'
        (Get-AzCognitiveServicesAccount -ResourceGroupName rg-ai -Name pipe-az | Get-Key) | Should -Be 'rg-ai/pipe-az'
    }

    It 'takes what Az.CognitiveServices writes of a deleted account' -Skip:(-not $hasCognitiveServices) {
        New-DeletedAccount pipe-back

        $live = Get-AzCognitiveServicesAccount -InRemovedState |
            Where-Object AccountName -EQ pipe-back | Restore-CognitiveAccount

        $live.ResourceGroupName | Should -Be 'rg-ai'
    }

    It 'goes through a CSV file and back into <Command>' -ForEach @(
        @{ Command = 'Restore-CognitiveAccount'; State = 'Succeeded' }
        @{ Command = 'Remove-DeletedCognitiveAccount'; State = 'Purged' }
    ) {
        New-DeletedAccount csv-one, csv-two "rg-$State" 'Sweden Central'
        $file = Join-Path $TestDrive "$State.csv"
        Get-DeletedCognitiveAccount csv-* -ResourceGroupName "rg-$State" | Export-Csv $file -NoTypeInformation

        $null = Import-Csv $file | & $Command -Confirm:$false

        Get-AccountState csv-one "rg-$State" | Should -Be $State
        Get-AccountState csv-two "rg-$State" | Should -Be $State
    }

    It 'goes through a CSV file that has names and groups only' {
        New-DeletedAccount csv-short
        $file = Join-Path $TestDrive 'short.csv'
        Get-DeletedCognitiveAccount csv-short | Select-Object Name, ResourceGroupName |
            Export-Csv $file -NoTypeInformation

        (Import-Csv $file | Test-CognitiveAccountRestore).CanRestore | Should -BeTrue
        (Import-Csv $file | Get-DeletedCognitiveAccount).Name | Should -Be 'csv-short'
    }

    It 'goes through JSON and back' {
        New-DeletedAccount json-one

        $json = Get-DeletedCognitiveAccount json-one | ConvertTo-Json

        $read = ConvertFrom-Json $json
        $read.ResourceGroupName | Should -Be 'rg-ai'
        $read.Kind | Should -Be 'OpenAI'
        ($read | Restore-CognitiveAccount).Name | Should -Be 'json-one'
    }

    It 'goes through Export-Clixml and back' {
        New-DeletedAccount xml-one
        $file = Join-Path $TestDrive 'accounts.xml'
        Get-DeletedCognitiveAccount xml-one | Export-Clixml $file

        (Import-Clixml $file | Restore-CognitiveAccount).Name | Should -Be 'xml-one'
    }

    It 'is grouped, sorted, selected and measured by its properties' {
        $accounts = Get-DeletedCognitiveAccount contoso-*

        ($accounts | Group-Object ResourceGroupName | Where-Object Name -EQ rg-ai-prod).Count | Should -Be 4
        ($accounts | Group-Object Kind -AsHashTable -AsString)['SpeechServices'].Count | Should -Be 3
        ($accounts | Sort-Object TimeRemaining)[0].Name | Should -Be 'contoso-face-kiosk'
        ($accounts | Sort-Object ScheduledPurgeDate -Descending)[0].Name | Should -Be 'contoso-openai-prod'
        ($accounts | Sort-Object Name | Select-Object -First 1 -ExpandProperty Name) | Should -Be 'contoso-ai-hub'
        ($accounts | Measure-Object).Count | Should -Be 15
    }

    It 'is filtered with Where-Object, in either syntax' {
        Get-DeletedCognitiveAccount contoso-* | Where-Object Kind -EQ Face | ForEach-Object Name |
            Should -Be 'contoso-face-kiosk'
        Get-DeletedCognitiveAccount | Where-Object { $_.Tags['env'] -eq 'dev' } | ForEach-Object Name |
            Should -Be 'contoso-chatbot'
        Get-DeletedCognitiveAccount | Where-Object { $_.TimeRemaining -lt '01:00:00' } | ForEach-Object Name |
            Should -Be 'contoso-face-kiosk'
    }

    It 'is the type that the command says it writes' {
        New-DeletedAccount pipe-type
        $types = @{}
        foreach ($command in Get-Command -Module CogRecover) { $types[$command.Name] = $command.OutputType.Name }

        (Get-DeletedCognitiveAccount pipe-type).GetType().FullName | Should -Be $types['Get-DeletedCognitiveAccount']
        (Test-CognitiveAccountRestore pipe-type).GetType().FullName | Should -Be $types['Test-CognitiveAccountRestore']
        (Restore-CognitiveAccount pipe-type).GetType().FullName | Should -Be $types['Restore-CognitiveAccount']
    }
}
