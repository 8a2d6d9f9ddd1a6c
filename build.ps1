#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests and packs CogRecover.
.DESCRIPTION
    Build    stages the module at out/CogRecover.
    Test     runs every test: those of dotnet test, then those of Pester.
    Pester   runs tests/Pester against the staged module, in this PowerShell.
    Package  writes the packages for the PowerShell Gallery and Azure Automation to out.
.EXAMPLE
    ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Package')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with $LASTEXITCODE." }
}

function Invoke-Suite([switch] $IsRequired) {
    $needed = [version]'5.2'
    if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge $needed)) {
        $reason = "tests/Pester was not run. It needs: Install-Module Pester -MinimumVersion $needed"
        if ($IsRequired) { throw $reason }
        Write-Warning $reason
        return
    }

    Import-Module Pester -MinimumVersion $needed
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = 'tests/Pester'
    $configuration.Run.Throw = $true
    $configuration.Output.Verbosity = 'Detailed'
    Invoke-Pester -Configuration $configuration
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet build }
        'Test' {
            Invoke-DotNet test
            Invoke-Suite
        }
        'Pester' { Invoke-Suite -IsRequired }
        'Package' { Invoke-DotNet pack -c Release -o out }
    }
}
finally {
    Pop-Location
}
