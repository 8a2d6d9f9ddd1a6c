@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0e6b6e-6c43-4f0e-8f6c-6d6f1f7b2d35'
    Author               = 'The CogRecover contributors'
    Description          = 'A binary module of one cmdlet that does nothing, with the views of CogRecover and the module that it requires: what PowerShell takes for such a manifest.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    RequiredModules      = @(@{ ModuleName = 'Az.Accounts'; ModuleVersion = '2.12.0' })
    FormatsToProcess     = @('CogRecover.Format.ps1xml')

    CmdletsToExport      = @('Get-Nothing')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
