#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sandbox.ps1')
    Start-Sandbox
}

AfterAll { Stop-Sandbox }

Describe 'The module' {
    It 'has a manifest that is valid for both editions' {
        $module = Test-ModuleManifest $Manifest

        $module.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $module.PowerShellVersion | Should -Be '5.1'
        $module.RequiredModules.Name | Should -Be 'Az.Accounts'
    }

    It 'has a manifest that is data' {
        $data = Import-PowerShellDataFile $Manifest

        $data.ModuleVersion | Should -Be (Get-Module CogRecover).Version
        $data.CmdletsToExport.Count | Should -Be 4
    }

    It 'has the help of each command, wherever its assembly lies' {
        foreach ($command in Get-Command -Module CogRecover) {
            $command.Source | Should -Be 'CogRecover'
            (Get-Help $command.Name).description.Text | Should -Not -BeNullOrEmpty
        }
    }

    It 'gives four commands and nothing else' {
        $module = Get-Module CogRecover

        $module.ExportedCommands.Keys | Sort-Object | Should -Be @(
            'Get-DeletedCognitiveAccount', 'Remove-DeletedCognitiveAccount', 'Restore-CognitiveAccount',
            'Test-CognitiveAccountRestore')
        $module.ExportedCommands.Values.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'uses verbs that PowerShell approves of' {
        $verbs = (Get-Verb).Verb

        (Get-Command -Module CogRecover).Verb | ForEach-Object { $_ | Should -BeIn $verbs }
    }
}

Describe 'An import in a new PowerShell' {
    It 'works <when>, and the first list too' -ForEach @(
        @{ When = 'after Az.Accounts'; Import = 'Import-Module Az.Accounts; Import-Module $Manifest' }
        @{ When = 'before Az.Accounts'; Import = 'Import-Module $Manifest; Import-Module Az.Accounts' }
        @{ When = 'twice'; Import = 'Import-Module $Manifest; Import-Module $Manifest' }
        @{ When = 'with -Force, twice'; Import = '1..2 | % { Import-Module $Manifest -Force }' }
        @{ When = 'after Remove-Module, unused'
            Import = 'Import-Module $Manifest; Remove-Module CogRecover; Import-Module $Manifest' }
        @{ When = 'by its assembly'
            Import = 'Import-Module $Manifest; Remove-Module CogRecover
                Import-Module -Assembly @([AppDomain]::CurrentDomain.GetAssemblies() -match "^CogRecover,")' }
    ) {
        $run = Invoke-PowerShell "
            $Import
            Connect-Sandbox
            (Get-DeletedCognitiveAccount contoso-face-kiosk).Name"

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'contoso-face-kiosk'
    }

    It 'works again after Remove-Module and with -Force, once the module was used' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            Connect-Sandbox
            (Get-DeletedCognitiveAccount contoso-face-kiosk).Name
            Remove-Module CogRecover
            @(Get-Command -Module CogRecover).Count
            Import-Module $Manifest
            (Get-DeletedCognitiveAccount contoso-forms).Name
            Import-Module $Manifest -Force
            (Test-CognitiveAccountRestore contoso-language).Name
            (Get-AzContext).Account.Id'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'contoso-face-kiosk', '0', 'contoso-forms', 'contoso-language', 'admin@contoso.com'
    }

    It 'needs no path where the module lies in a module folder, and no Import-Module' {
        $run = Invoke-PowerShell '
            $env:PSModulePath += [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $Manifest))
            Import-Module Az.Accounts
            Connect-Sandbox
            (Get-DeletedCognitiveAccount contoso-face-kiosk).Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'contoso-face-kiosk'
    }

    It 'lets a script name the output types before the first command' {
        $run = Invoke-PowerShell '
            Import-Module $Manifest
            [CogRecover.DeletedCognitiveAccount].Name; [CogRecover.CognitiveAccount].Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'DeletedCognitiveAccount', 'CognitiveAccount'
    }
}

# Windows PowerShell has one context for all assemblies.
Describe 'The default load context' -Skip:($PSEdition -ne 'Core') {
    BeforeAll {
        $loaded = '
            function Get-Loaded([string] $When) {
                foreach ($assembly in [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies) {
                    if ($assembly.IsDynamic) { continue }
                    $name = $assembly.GetName()
                    if ($assembly.Location.StartsWith((Split-Path $Manifest))) { "$When ours $($name.Name)" }
                    if ($name.Name -eq "Azure.Core") { "$When Azure.Core $($name.Version)" }
                }
            }
            function Get-Engine {
                $engines = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -Like "CogRecover.Core,*"
                "Engines $(@($engines).Count)"
            }
            '
    }

    It 'has no Azure.Core from an import, nor the engine' {
        $run = Invoke-PowerShell ($loaded + '
            Import-Module $Manifest
            Get-Loaded Import
            Get-Engine')

        $run.Output | Sort-Object | Should -Be 'Engines 0', 'Import ours CogRecover', 'Import ours CogRecover.Model'
    }

    It 'has none of the module''s libraries after its commands, imported <When>' -ForEach @(
        @{ When = 'by itself'; Import = 'Import-Module $Manifest' }
        @{ When = 'after Az.Accounts'; Import = 'Import-Module Az.Accounts; Import-Module $Manifest' }
    ) {
        $run = Invoke-PowerShell ($loaded + $Import + '
            Get-Loaded Before
            Connect-Sandbox
            $null = Get-DeletedCognitiveAccount
            $null = Test-CognitiveAccountRestore contoso-forms
            $null = Get-AzAccessToken -WarningAction SilentlyContinue
            Get-Loaded After
            Get-Engine')

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Contain 'Engines 1'
        $run.Output -match '^After ours' | Sort-Object | Should -Be @(
            'After ours CogRecover', 'After ours CogRecover.Model')
        $run.Output -match '^After Azure.Core' -replace '^After' |
            Should -Be ($run.Output -match '^Before Azure.Core' -replace '^Before')
    }
}
