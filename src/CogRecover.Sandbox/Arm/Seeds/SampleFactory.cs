using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.State;
using static CogRecover.Sandbox.Arm.Seeds.SampleProperties;

namespace CogRecover.Sandbox.Arm.Seeds;

/// <summary>A live resource group that can be deleted whole: three accounts with what they need.</summary>
internal static class SampleFactory
{
    /// <summary>The group's name.</summary>
    public const string Group = "rg-contoso-factory";

    private const string Location = "swedencentral";

    private const string Vault = "kv-contoso-factory";

    private const string Foundry = "contoso-factory-ai";

    public static void AddTo(ArmState state)
    {
        state.AddResourceGroup(Group, Location);
        state.AddKeyVault(Vault, Group, Location);
        var storage = state.AddStorageAccount("stcontosofactory", Group, Location);
        var openAI = state.AddAccount("contoso-factory-openai", Group, Location, configure: account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = CustomerManagedKey($"https://{Vault}.vault.azure.net", "factory-key");
            AllowKey(state, account, Vault);
        });
        state.AddDeployment(openAI.Name, Group, "gpt-4o");
        state.AddAccount("contoso-factory-speech", Group, Location, "SpeechServices", configure: account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = Storage(storage.Id);
            AllowStorage(state, account, storage.Name);
        });
        state.AddAccount(Foundry, Group, Location, "AIServices", configure: account =>
        {
            account.CustomSubDomainName = account.Name;
            account.Identity = SystemAssigned(state);
            account.Properties = new JsonObject { ["allowProjectManagement"] = true };
        });
        state.AddProject(Foundry, Group, "assembly");
        state.AddProject(Foundry, Group, "quality");
    }
}
