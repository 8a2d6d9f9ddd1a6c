@{
    RootModule           = 'CogRecover.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'd2c1a9a4-6a1e-4f0b-9a52-3f0d6f5b7c1e'
    Author               = 'The CogRecover contributors'
    CompanyName          = 'CogRecover'
    Copyright            = '(c) The CogRecover contributors. MIT License.'
    Description          = 'Finds, restores and purges soft-deleted Azure Cognitive Services accounts (Azure OpenAI, AI Foundry, Speech, Vision, Language and others) within their 48 hours.'

    CompatiblePSEditions = @('Core', 'Desktop')
    PowerShellVersion    = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    RequiredModules      = @(@{ ModuleName = 'Az.Accounts'; ModuleVersion = '2.12.0' })

    FormatsToProcess     = @('CogRecover.Format.ps1xml')

    CmdletsToExport      = @(
        'Get-DeletedCognitiveAccount'
        'Restore-CognitiveAccount'
        'Remove-DeletedCognitiveAccount'
        'Test-CognitiveAccountRestore'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('Azure', 'CognitiveServices', 'OpenAI', 'AIFoundry', 'AIServices', 'SoftDelete', 'Restore',
                'Purge', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/cogrecover/cogrecover/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/cogrecover/cogrecover'
            IconUri      = 'https://raw.githubusercontent.com/cogrecover/cogrecover/main/docs/icon.png'
            ReleaseNotes = 'The first release: cmdlets that list, test, restore and purge soft-deleted Azure Cognitive Services accounts, and restore the resource groups, key vaults and storage accounts that they need. All changes: https://github.com/cogrecover/cogrecover/blob/main/CHANGELOG.md'
        }
    }
}
