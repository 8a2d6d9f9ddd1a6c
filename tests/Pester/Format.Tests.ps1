#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
    $ellipsis = [string] [char] 0x2026
    $full = [string] [char] 0x2588
    $light = [string] [char] 0x2591
    $escape = [string] [char] 27

    # What a window shows, as lines that aren't empty, without the colours that PowerShell gives headers.
    function Get-Shown([string] $Script, [int] $Width) {
        $window = Open-Window -Width $Width
        $window.Show($Script) -replace "$escape\[[\d;]*m" -split '\r?\n' |
            Where-Object { $_.Trim() } | ForEach-Object { $_.TrimEnd() }
        $window.Dispose()
    }
}

AfterAll { Stop-Sandbox }

Describe 'The table of deleted accounts' {
    It 'fits a window of <Width> columns, and begins with what is lost first' -ForEach @(
        @{ Width = 80 }, @{ Width = 120 }, @{ Width = 200 }
    ) {
        $lines = Get-Shown 'Get-DeletedCognitiveAccount' $Width

        $lines.Count | Should -Be 18
        $lines[0] | Should -Match '^   Subscription: .+ \([0-9a-f-]{36}\)$'
        $lines[1] | Should -Match '^Left +Name +ResourceGroup +Location +Kind$'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessThan $Width
        $lines[3..17] | ForEach-Object { $_ | Should -Match '^.... +\d+h\d\dm contoso-' }
        $lines[3] | Should -Match "^$full$light$light$light  0h\d\dm contoso-face-kiosk +rg-stores .* Face$"
        $lines[17] | Should -Match "^$full$full$full$full 4[56]h\d\dm contoso-openai-pr.* rg-ai-prod .* OpenAI$"
    }

    It 'has a view of who deleted what, and when' {
        $lines = Get-Shown '
            Get-DeletedCognitiveAccount contoso-forms -IncludeDeletedBy | Format-Table -View Deletion' 80

        $lines[1] | Should -Match '^Deleted UTC +Name +DeletedBy$'
        $lines[3] | Should -Match '^\d\d-\d\d \d\d:\d\d contoso-forms +admin@contoso.com$'
        (Get-Shown 'Get-DeletedCognitiveAccount contoso-forms | Format-Table -View Deletion' 80)[3] |
            Should -Match ' not asked for \(-IncludeDeletedBy\)$'
    }

    It 'cuts wide characters by their cells in a window of <Width> columns' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        New-DeletedAccount "contoso-wide-$Width" "rg-$([string]::new([char] 0x97F3, 60))"

        $lines = Get-Shown "Get-DeletedCognitiveAccount contoso-wide-$Width" $Width

        $lines[1] | Should -Match ' Kind$'
        $lines[3] | Should -Match "$ellipsis +westus2 +OpenAI$"
        ($lines[3] -replace '[\u2E80-\uFFFF]', 'xx').Length | Should -BeLessThan $Width
    }

    It 'is the same through Out-String and through Format-Table in a window of <Width> columns' -ForEach @(
        @{ Width = 80 }, @{ Width = 120 }
    ) {
        $list = 'Get-DeletedCognitiveAccount contoso-[acf]*'
        $lines = (Get-Shown $list $Width) -replace '[ -]+', ' '

        (Get-Shown "$list | Out-String -Width $Width" $Width) -replace '[ -]+', ' ' | Should -Be $lines
        (Get-Shown "$list | Format-Table" $Width) -replace '[ -]+', ' ' | Should -Be $lines
    }

    # The columns of Windows PowerShell don't grow.
    It 'cuts nothing where there is room' -Skip:($PSEdition -ne 'Core') {
        $text = Get-Shown 'Get-DeletedCognitiveAccount contoso-[b-v]*' 160 | Out-String

        $text | Should -Not -Match $ellipsis
        $text | Should -Match ' southcentralus +Face'
    }

    It 'cuts what is long with an ellipsis where there is none' {
        New-DeletedAccount contoso-a-very-long-name-for-an-account rg-a-very-long-name-for-a-group

        (Get-Shown 'Get-DeletedCognitiveAccount contoso-a-very-*' 80)[3] | Should -Match (
            "4[78]h\d\dm contoso-a-very-lo$ellipsis rg-a-very-long-n$ellipsis westus2 +OpenAI$")
    }

    It 'shows the columns that Format-Table is asked for' {
        $lines = Get-Shown 'Get-DeletedCognitiveAccount contoso-forms | Format-Table Name, Sku, KeyVaultUri' 140

        $lines[0] | Should -Match '^Name +Sku +KeyVaultUri$'
        $lines[2] | Should -Match '^contoso-forms +S0 +https://kv-contoso-finance.vault.azure.net$'
    }

    # Windows PowerShell counts escape sequences as text: there are no colours in it.
    It 'is coloured by the time that is left, unless NO_COLOR is set' -Skip:($PSEdition -ne 'Core') {
        $before = $env:NO_COLOR, $PSStyle.OutputRendering
        $window = Open-Window -Terminal
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $env:NO_COLOR = ''
            $coloured = $window.Show('Get-DeletedCognitiveAccount contoso-f*')
            $env:NO_COLOR = '1'
            $plain = $window.Show('Get-DeletedCognitiveAccount contoso-f*')
        }
        finally {
            $env:NO_COLOR, $PSStyle.OutputRendering = $before
            $window.Dispose()
        }

        $coloured | Should -Match "$escape\[31m$full$light$light$light  0h"
        $coloured | Should -Match "$escape\[33m$full$light$light$light (10|11)h"
        $plain | Should -Not -Match "$escape\[3[123]m"
    }

    It 'is the same for what was exported and imported again' {
        $lines = Get-Shown '
            $file = [System.IO.Path]::GetTempFileName()
            Get-DeletedCognitiveAccount contoso-forms | Export-Clixml $file
            Import-Clixml $file
            Remove-Item $file' 80

        $lines[0] | Should -Match '^   Subscription: .+ \([0-9a-f-]{36}\)$'
        $lines[3] | Should -Match "^$full$light$light$light (10|11)h\d\dm contoso-forms +rg-finance "
    }

    It 'shows dates as the service has them in every culture' {
        $account = Get-DeletedCognitiveAccount contoso-forms
        $date = $account.DeletionDate.ToString('MM-dd HH:mm', [cultureinfo]::InvariantCulture)

        Get-Shown '
            [System.Threading.Thread]::CurrentThread.CurrentCulture = "th-TH"
            Get-DeletedCognitiveAccount contoso-forms | Format-Table -View Deletion' 80 | Select-Object -Last 1 |
            Should -Match "^$date "
    }
}

Describe 'The list of a deleted account' {
    It 'shows each of its properties' {
        $lines = Get-Shown 'Get-DeletedCognitiveAccount contoso-forms | Format-List' 200
        $names = $lines -match '^\w+ +:' -replace ' .*'

        $names | Sort-Object | Should -Be ([CogRecover.DeletedCognitiveAccount].GetProperties().Name | Sort-Object)
        $lines -match '^DeletionDate +: \d{4}-\d\d-\d\d \d\d:\d\d UTC$' | Should -HaveCount 1
        $lines -match "^TimeRemaining +: $full$light$light$light (10|11)h\d\dm$" | Should -HaveCount 1
    }

    It 'says who deleted it, or why that is not there' {
        Get-Shown 'Get-DeletedCognitiveAccount contoso-forms | Format-List' 200 |
            Should -Contain 'DeletedBy           : not asked for (-IncludeDeletedBy)'
        Get-Shown 'Get-DeletedCognitiveAccount contoso-forms -IncludeDeletedBy | Format-List' 200 |
            Should -Contain 'DeletedBy           : admin@contoso.com'
    }

    It 'shows the properties that Format-List is asked for' {
        Get-Shown 'Get-DeletedCognitiveAccount contoso-forms | Format-List Name, Location' 80 |
            Should -Be 'Name     : contoso-forms', 'Location : westeurope'
    }
}

Describe 'The table of what was restored' {
    It 'fits a window of <Width> columns' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        $name = "contoso-restored-$Width"
        New-DeletedAccount $name -Kind SpeechServices

        $lines = Get-Shown "Restore-CognitiveAccount $name" $Width

        $lines[1] | Should -Match '^State +Name +ResourceGroup +Location +Kind$'
        $lines[3] | Should -Match "^Succeeded contoso-restore\S+ +rg-ai +westus2 +SpeechServices$"
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessThan $Width
    }
}

Describe 'The findings of Test-CognitiveAccountRestore' {
    It 'stand in a table of <Width> columns, what fails first' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        $lines = Get-Shown 'Test-CognitiveAccountRestore contoso-forms, contoso-vision' $Width

        $lines[1] | Should -Match '^Name +ResourceGroup +CanRestore +Findings$'
        $lines[3] | Should -Match '^contoso-vision +rg-retired +No +Failed ResourceGroup: '
        $lines[-1] | Should -Match '^contoso-forms +rg-finance +Yes +All \d checks passed\.$'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessThan $Width
    }

    It 'stand in a list with what to do' {
        $text = Get-Shown 'Test-CognitiveAccountRestore contoso-vision | Format-List' 200 | Out-String

        $text | Should -Match 'CanRestore +: False'
        $text | Should -Match "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'"
    }

    It 'are a table of their own' {
        $lines = Get-Shown '(Test-CognitiveAccountRestore contoso-vision).Checks' 120

        $lines[0] | Should -Match '^Name +Status +Message$'
        $lines[2] | Should -Match '^ResourceGroup Failed  Resource group ''rg-retired'' is gone\.$'
    }
}
