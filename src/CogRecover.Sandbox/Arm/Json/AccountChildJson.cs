using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Json;

/// <summary>Projects and model deployments as ARM writes them.</summary>
internal static class AccountChildJson
{
    public static object Project(Account account, string name)
    {
        var details = Child(account.ProjectDetails, name);
        var subDomain = account.CustomSubDomainName ?? account.Name;
        return new
        {
            Id = $"{account.Id}/projects/{name}",
            Name = $"{account.Name}/{name}",
            Type = ArmType.Projects.FullName,
            Location = details?["location"] ?? account.Location,
            Identity = details?["identity"],
            Tags = details?["tags"],
            Properties = new
            {
                IsDefault = name.Is(account.DefaultProject),
                DisplayName = details?["properties"]?["displayName"] ?? name,
                Description = details?["properties"]?["description"],
                Endpoints = new Dictionary<string, string>
                {
                    ["AI Foundry API"] = $"https://{subDomain}.services.ai.azure.com/api/projects/{name}",
                },
                ProvisioningState = "Succeeded",
            },
        };
    }

    public static object Deployment(Account account, string name)
    {
        var details = Child(account.Deployments, name);
        var properties = details?["properties"]?.DeepClone() as JsonObject ?? [];
        properties["provisioningState"] = "Succeeded";
        return new
        {
            Id = $"{account.Id}/deployments/{name}",
            Name = name,
            Type = ArmType.Deployments.FullName,
            Sku = details?["sku"],
            properties,
        };
    }

    private static JsonNode? Child(JsonObject? children, string name) =>
        children?.FirstOrDefault(one => one.Key.Is(name)).Value;
}
