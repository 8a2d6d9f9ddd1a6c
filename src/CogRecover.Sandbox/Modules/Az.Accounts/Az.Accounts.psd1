@{
    RootModule        = 'Az.Accounts.psm1'
    ModuleVersion     = '5.3.0'
    GUID              = '0b6e5d8f-6a53-4a6a-9d0c-8c9f3d6b2f10'
    Author            = 'The CogRecover contributors'
    Description       = 'A stand-in for Az.Accounts that signs in to a simulated ARM on loopback. For the sandbox and the tests only.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @('Add-AzEnvironment', 'Connect-AzAccount', 'Disconnect-AzAccount', 'Get-AzAccessToken', 'Get-AzContext', 'Set-AzContext')
    CmdletsToExport   = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
