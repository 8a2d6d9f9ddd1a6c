# Each edition of PowerShell loads the assembly that is built for it. The manifest is data, and can't choose.
$framework = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }

# Not Join-Path, which would load another module.
Import-Module "$PSScriptRoot/bin/$framework/CogRecover.dll"
