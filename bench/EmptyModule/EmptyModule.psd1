@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0e6b6e-6c43-4f0e-8f6c-6d6f1f7b2d35'
    Author               = 'The CogRecover contributors'
    Description          = 'A binary module of one cmdlet that does nothing: what any binary module costs to import.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'

    CmdletsToExport      = @('Get-Nothing')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
