#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
}

AfterAll { Stop-Sandbox }

Describe 'Get-Help <Command>' -ForEach @(
    @{ Command = 'Get-DeletedCognitiveAccount' }
    @{ Command = 'Restore-CognitiveAccount' }
    @{ Command = 'Remove-DeletedCognitiveAccount' }
    @{ Command = 'Test-CognitiveAccountRestore' }
) {
    BeforeAll { $help = Get-Help $Command -Full }

    It 'says what the command does' {
        # What PowerShell makes up where there is no help begins with the name.
        $help.Synopsis | Should -Not -Match "^\s*$Command"
        $help.Synopsis | Should -Match 'soft-deleted .*accounts'
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 100
    }

    It 'describes each parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $names = (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin $common }

        $help.parameters.parameter.name | Sort-Object | Should -Be ($names | Sort-Object)
        foreach ($name in $names) {
            (Get-Help $Command -Parameter $name).description.Text | Should -Match '\w{2,}.*\.' -Because $name
        }
    }

    It 'has examples that are commands, with parameters that there are' {
        $examples = @($help.examples.example)

        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $problems = $null
            $script = [System.Management.Automation.Language.Parser]::ParseInput(
                $example.code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $example.code
            $isParameter = { $args[0] -is 'System.Management.Automation.Language.CommandParameterAst' }
            foreach ($parameter in $script.FindAll($isParameter, $true)) {
                $used = Get-Command $parameter.Parent.GetCommandName() -ErrorAction Ignore
                if ($used.Source -ne 'CogRecover') { continue }
                $used.Parameters.Keys | Should -Contain $parameter.ParameterName -Because $example.code
            }
        }
        $examples.code -match $Command | Should -HaveCount $examples.Count
    }

    It 'leads to related commands and to a page' {
        $links = @($help.relatedLinks.navigationLink)

        (Get-Command $Command).HelpUri | Should -Match '^https://'
        $links.uri | Where-Object { $_ } | Should -Match '^https://'
        $links.linkText -match 'CognitiveAccount' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Get-Help about_CogRecover' {
    It 'tells of the life of a deleted account and names each command' {
        $topic = Get-Help about_CogRecover | Out-String -Width 200

        $topic | Should -Match '48 hours'
        foreach ($command in Get-Command -Module CogRecover) { $topic | Should -Match $command.Name }
    }
}

Describe 'The help of a purge' {
    It 'says what can''t be undone' {
        Get-Help Remove-DeletedCognitiveAccount | Out-String -Width 2000 |
            Should -Match "(can't|cannot) be (undone|restored)"
    }
}
