#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }

# Nothing of the user's own is touched. On Linux and macOS, HOME says where PSResourceGet keeps its repositories and
# where it installs, and the user of these tests has a HOME of their own. On Windows neither can be moved: there the
# module is saved to a folder of the module path, which takes the same way from the repository to the files, and the one
# entry among the user's repositories is removed at the end.
BeforeDiscovery {
    $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
    $hasInstaller = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)
    if (-not $hasInstaller) { Write-Warning 'Install.Tests.ps1 is skipped. It needs PSResourceGet.' }
}

Describe 'The package in a repository' -Skip:(-not $hasInstaller) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Start-Sandbox
        $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
        $user = "user-$([guid]::NewGuid())"
        $staged = Split-Path $Manifest
        $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
        $userHome = Join-Path $TestDrive $user
        $given = @{
            gallery   = "CogRecover-$user"
            packages  = Join-Path $TestDrive 'packages'
            modules   = Join-Path $userHome '.local/share/powershell/Modules'
            older     = Join-Path $TestDrive 'older/CogRecover'
            accounts  = Join-Path $Repository 'src/CogRecover.Sandbox/Modules/Az.Accounts'
            installer = (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)[0].Path
        }
        $standIn = Import-PowerShellDataFile (Join-Path $given.accounts 'Az.Accounts.psd1')
        $needed = "Az.Accounts/$($standIn.ModuleVersion)"
        # Where the folders of a home are missing, PSResourceGet writes into the current one.
        $folders = '.config', 'Library/Application Support' | ForEach-Object { Join-Path $userHome $_ }
        $null = New-Item ($folders + $given.packages + $given.modules + (Split-Path $given.older)) -ItemType Directory

        # The module as it is staged: a build of its own would stage another one under the tests.
        $packed = Join-Path $TestDrive 'packed'
        $log = dotnet pack (Join-Path $Repository 'src/CogRecover') -c Debug --no-build -o $packed
        if ($LASTEXITCODE -ne 0) { throw "dotnet pack has failed: $log" }
        # Alone: PSResourceGet fails to read a version out of the name of the zip beside it.
        Copy-Item (Join-Path $packed '*.nupkg') $given.packages

        Copy-Item $staged (Split-Path $given.older) -Recurse
        $file = Join-Path $given.older 'CogRecover.psd1'
        (Get-Content $file) -replace "^( *ModuleVersion *= )'$version'", "`$1'0.0.1'" | Set-Content $file

        # Runs a script in a new PowerShell of a user who has no modules but those of these tests.
        function Invoke-AsUser([string] $Script) {
            $lines = foreach ($name in $given.Keys) { "`$$name = '$($given[$name] -replace "'", "''")'" }
            $environment = @{ PSModulePath = $null }
            if ($onWindows) { $lines += '$env:PSModulePath = "$modules;$env:PSModulePath"' }
            else { $environment += @{ HOME = $userHome; XDG_CONFIG_HOME = $null; XDG_DATA_HOME = $null } }
            Invoke-PowerShell (($lines + $Script) -join "`n") $environment
        }

        # What a repository knows of the packages of some versions.
        function Get-Metadata([string[]] $Version) {
            Add-Type -AssemblyName System.IO.Compression.FileSystem
            foreach ($number in $Version) {
                $folder = Join-Path $TestDrive "unpacked-$number"
                [System.IO.Compression.ZipFile]::ExtractToDirectory(
                    (Join-Path $given.packages "CogRecover.$number.nupkg"), $folder)
                $metadata = @{}
                $nuspec = [xml] (Get-Content (Join-Path $folder 'CogRecover.nuspec') -Raw)
                foreach ($one in $nuspec.package.metadata.ChildNodes) { $metadata[$one.Name] = $one.InnerXml }
                $metadata
            }
        }

        function Get-Hash([string] $Folder) {
            $folder = (Get-Item $Folder).FullName
            Get-ChildItem $folder -Recurse -File | Where-Object Name -NE PSGetModuleInfo.xml | ForEach-Object {
                $_.FullName.Substring($folder.Length) + ' ' + (Get-FileHash $_.FullName).Hash
            } | Sort-Object
        }

        $install = if ($onWindows) { 'Save-PSResource -Path $modules' } else { 'Install-PSResource' }
        $update = if ($onWindows) { $install } else { 'Update-PSResource' }
    }

    AfterAll {
        Stop-Sandbox
        if ($onWindows) {
            $null = Invoke-AsUser 'Import-Module $installer; Unregister-PSResourceRepository $gallery'
        }
    }

    It 'says what Publish-PSResource would say of the module' {
        $run = Invoke-AsUser '
            Import-Module $installer
            Register-PSResourceRepository $gallery -Uri $packages
            Publish-PSResource $accounts -Repository $gallery
            # Which would look for Az.Accounts on this machine.
            Publish-PSResource $older -Repository $gallery -SkipModuleManifestValidate'
        $ours, $theirs = Get-Metadata $version, '0.0.1'

        $run.Errors | Should -BeNullOrEmpty
        $theirs.Keys | Sort-Object | Should -Be ($ours.Keys | Sort-Object)
        foreach ($name in $ours.Keys) {
            if ($name -notin 'version', 'tags') { $theirs[$name] | Should -Be $ours[$name] -Because $name }
        }
        $theirs.tags -split ' ' | ForEach-Object { $_ | Should -BeIn ($ours.tags -split ' ') }
    }

    It 'is installed with Az.Accounts, and updated, every file as it was built' {
        $run = Invoke-AsUser "
            Import-Module `$installer
            $install CogRecover -Version 0.0.1 -Repository `$gallery -TrustRepository
            $update CogRecover -Repository `$gallery -TrustRepository
            (Get-ChildItem `$modules/*/*).FullName -replace '.*Modules.'"

        $run.Errors | Should -BeNullOrEmpty
        $run.Output -replace '\\', '/' | Sort-Object |
            Should -Be $needed, 'CogRecover/0.0.1', "CogRecover/$version"
        Get-Hash (Join-Path $given.modules "CogRecover/$version") | Should -Be (Get-Hash $staged)
    }

    It 'is imported by its name in a new PowerShell, has its help, and lists' {
        $run = Invoke-AsUser '
            Import-Module CogRecover
            Get-Module CogRecover, Az.Accounts | ForEach-Object { "$($_.Name) $($_.Version) $($_.ModuleBase)" }
            [CogRecover.DeletedCognitiveAccount].Assembly.Location
            (Get-Help Restore-CognitiveAccount).Synopsis
            (Get-Help about_CogRecover | Out-String) -match "48 hours"
            Connect-Sandbox
            (Get-DeletedCognitiveAccount contoso-face-kiosk).Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output[0] | Should -Match "^$($needed.Replace('/', ' ')) .*$user"
        $run.Output[1, 2] | Should -Match "$user.*[\\/]CogRecover[\\/]$version"
        $run.Output[3] | Should -Match '^Restores soft-deleted'
        $run.Output[4, 5] | Should -Be 'True', 'contoso-face-kiosk'
    }

    It 'is uninstalled, and leaves nothing' -Skip:$onWindows {
        $run = Invoke-AsUser '
            Import-Module $installer
            Uninstall-PSResource CogRecover -Version *
            (Get-ChildItem $modules).Name'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'Az.Accounts'
    }
}
