using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;
using static CogRecover.Sandbox.Arm.Seeds.SampleProperties;

namespace CogRecover.Sandbox.Arm.Seeds;

/// <summary>What a company might have deleted in the last two days, by whom, and what is left of what the accounts
/// need.</summary>
internal static class SampleAccounts
{
    private const string Admin = "admin@contoso.com";

    private const string Dana = "dana@contoso.com";

    private const string Sam = "sam@contoso.com";

    /// <summary>The object id of an application: a pipeline that tidies up.</summary>
    private const string Cleanup = "e6a1d0c7-58b2-4f39-8d14-7c9e2b3a6f05";

    public static void AddTo(ArmState state)
    {
        var hubIdentity = AddNeeds(state);
        var scope = $"/subscriptions/{state.DefaultSubscriptionId}/resourceGroups";
        Deleted("contoso-openai-prod", "rg-ai-prod", "swedencentral", "OpenAI", "S0", 46 * 60, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Tags = Tags(("env", "prod"), ("costCenter", "4711"));
            account.Identity = SystemAssigned(state);
        });
        Deleted("contoso-ai-hub", "rg-ai-prod", "eastus2", "AIServices", "S0", (3 * 60) + 12, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Tags = Tags(("env", "prod"), ("owner", "platform@contoso.com"));
            account.Identity = UserAssigned(hubIdentity);
            var network = $"{scope}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub";
            account.Properties = NetworkRules($"{network}/subnets/snet-ai", $"{network}/subnets/snet-apps");
        });
        Deleted("contoso-language", "rg-ai-prod", "northeurope", "TextAnalytics", "S", (26 * 60) + 5, account =>
            account.Tags = Tags(), Sam);
        Deleted("contoso-safety", "rg-ai-prod", "Sweden Central", "ContentSafety", "S0", (43 * 60) + 50, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = new() { ["type"] = "None" };
        });
        Deleted("contoso-speech-test", "rg-ai-test", "West US 2", "SpeechServices", "S0", (30 * 60) + 20, account =>
            account.Tags = Tags(("env", "test")), Dana);
        Deleted("contoso-vision", "rg-retired", "eastus", "ComputerVision", "S1", (20 * 60) + 33, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = new() { ["type"] = "None" };
        }, Cleanup);
        state.RemoveResourceGroup("rg-retired");
        Deleted("contoso-forms", "rg-finance", "West Europe", "FormRecognizer", "S0", (11 * 60) + 8, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Tags = Tags(("env", "prod"), ("dataClass", "confidential"));
            account.Identity = SystemAssigned(state);
            account.Properties = CustomerManagedKey("https://kv-contoso-finance.vault.azure.net", "forms-key");
            AllowKey(state, account, "kv-contoso-finance");
        });
        Deleted("contoso-face-kiosk", "rg-stores", "SOUTHCENTRALUS", "Face", "S0", 40, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.CreatedBy = "b3d4f6a0-1c2e-4d5f-8a9b-0c1d2e3f4a5b";
        });
        Deleted("contoso-chatbot", "rg-web-prod", "francecentral", "OpenAI", "S0", (38 * 60) + 41, account =>
        {
            account.CustomSubDomainName = "contoso-chatbot-prod";
            account.Tags = Tags(("env", "prod"), ("app", "chatbot"));
        });
        Deleted("contoso-chatbot", "rg-web-dev", "eastus", "OpenAI", "S0", (7 * 60) + 15, account =>
        {
            account.CustomSubDomainName = "contoso-chatbot-dev";
            account.Tags = Tags(("env", "dev"), ("app", "chatbot"));
            account.CreatedBy = Dana;
        }, Dana);
        Deleted("contoso-callcenter", "rg-callcenter", "UK South", "SpeechServices", "S0", (33 * 60) + 2, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = Storage(StorageId(scope, "stcontosocalls"));
            AllowStorage(state, account, "stcontosocalls");
        }, Sam);
        Deleted("contoso-translate", "rg-web-prod", "global", "TextTranslation", "S1", (15 * 60) + 27, deletedBy: Dana);
        Deleted("contoso-contracts", "rg-legal", "westeurope", "OpenAI", "S0", (22 * 60) + 18, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = CustomerManagedKey("https://kv-contoso-legal.vault.azure.net", "contracts-key");
        }, Cleanup);
        Deleted("contoso-dictation", "rg-callcenter", "uksouth", "SpeechServices", "S0", (18 * 60) + 49, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = Storage(StorageId(scope, "stcontosodictation"));
        }, Sam);
        Deleted("contoso-intranet", "rg-web-prod", "francecentral", "OpenAI", "S0", (35 * 60) + 6, account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Properties = NetworkRules(
                $"{scope}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-intranet");
        }, Dana);

        state.AddAccount("contoso-openai-dev", "rg-ai-test", "eastus", "OpenAI", configure: account =>
            account.CustomSubDomainName = account.Name);
        state.AddAccount("contoso-shelf-vision", "rg-stores", "South Central US", "ComputerVision", "S1");
        SampleFactory.AddTo(state);

        void Deleted(
            string name, string group, string location, string kind, string sku, int minutesLeft,
            Action<Account>? configure = null, string deletedBy = Admin)
        {
            // Not on the second: what is left reads as promised for the first while, and dates have all their digits.
            var left = TimeSpan.FromMinutes(minutesLeft) + TimeSpan.FromTicks(412_345_678 + (minutesLeft * 1_003));
            var deletionDate = state.Now + left - DeletedAccount.Retention;
            state.AddDeletedAccount(
                name, group, location, kind, sku, configure, deletionDate: deletionDate, deletedBy: deletedBy);
        }
    }

    /// <summary>What the accounts need. Missing: the vault of contoso-contracts, which is soft-deleted, the storage of
    /// contoso-dictation, and the subnet of contoso-intranet.</summary>
    /// <returns>The user-assigned identity of contoso-ai-hub.</returns>
    private static TrackedResource AddNeeds(ArmState state)
    {
        state.AddKeyVault("kv-contoso-finance", "rg-finance", "westeurope");
        state.AddDeletedKeyVault(
            "kv-contoso-legal", "rg-legal", "westeurope", deletionDate: state.Now - TimeSpan.FromHours(25.7));
        state.AddStorageAccount("stcontosocalls", "rg-callcenter", "uksouth");
        state.AddSubnet("vnet-hub", "snet-ai", "rg-network", "eastus2");
        state.AddSubnet("vnet-hub", "snet-apps", "rg-network", "eastus2");
        return state.AddUserAssignedIdentity("id-ai-hub", "rg-identities", "eastus2");
    }

    private static string StorageId(string scope, string name) =>
        $"{scope}/rg-callcenter/providers/Microsoft.Storage/storageAccounts/{name}";
}
