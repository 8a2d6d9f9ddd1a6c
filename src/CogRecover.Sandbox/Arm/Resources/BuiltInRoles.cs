namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>The built-in roles that matter for accounts: the same in every tenant.</summary>
internal static class BuiltInRoles
{
    private static readonly Dictionary<string, string> Ids = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Owner"] = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        ["Contributor"] = "b24988ac-6180-42a0-ab88-20f7382dd24c",
        ["Reader"] = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        ["Cognitive Services Contributor"] = "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
        ["Cognitive Services User"] = "a97b65f3-24c7-4388-baec-2e87135dc908",
        ["Cognitive Services OpenAI User"] = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
        ["Key Vault Administrator"] = "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        ["Key Vault Crypto Officer"] = "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
        ["Key Vault Crypto User"] = "12338af0-0e69-4776-bea7-57ae8d297424",
        ["Key Vault Crypto Service Encryption User"] = "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    };

    /// <summary>The id of a role definition, of which a name, a GUID or the id itself is given.</summary>
    /// <exception cref="ArgumentException">No role here is called that.</exception>
    public static string DefinitionId(string role, string subscriptionId)
    {
        if (role.StartsWith('/')) return role;
        var guid = (Guid.TryParse(role, out _) ? role : Ids.GetValueOrDefault(role))
            ?? throw new ArgumentException($"No role here is called '{role}'.", nameof(role));
        return $"/subscriptions/{subscriptionId}{RoleAssignment.Provider}/roleDefinitions/{guid}";
    }
}
