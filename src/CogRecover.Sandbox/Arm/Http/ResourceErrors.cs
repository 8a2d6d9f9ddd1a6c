namespace CogRecover.Sandbox.Arm.Http;

/// <summary>What is refused of what accounts need: vaults, storage accounts, subnets, role assignments.</summary>
internal static class ResourceErrors
{
    /// <summary>The network provider's own words: ARM itself only looks for the network.</summary>
    public static ArmException SubnetNotFound(string id) =>
        new(404, "NotFound", $"Resource {id} not found.") { Details = [] };

    public static ArmException SubnetInUse(string name, string id) => new(400, "InUseSubnetCannotBeDeleted",
        $"Subnet {name} is in use by {id}/serviceAssociationLinks/legionservicelink and cannot be deleted. In order " +
        "to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.") { Details = [] };

    public static ArmException DeletedVaultNotFound(string name) => new(404, "DeletedVaultNotFound",
        $"The specified deleted vault '{name}' does not exist.");

    public static ArmException VaultIsDeleted() => new(409, "ConflictError",
        "A vault with the same name already exists in deleted state. You need to either recover or purge existing " +
        "key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft " +
        "delete.");

    public static ArmException VaultAlreadyExists(string name) => new(409, "VaultAlreadyExists",
        $"The vault name '{name}' is already in use. Vault names are globaly unique so it is possible that the name " +
        "is already taken.");

    public static ArmException StorageAccountTaken(string name) => new(409, "StorageAccountAlreadyTaken",
        $"The storage account named {name} is already taken.");

    public static ArmException RoleAssignmentExists() =>
        new(409, "RoleAssignmentExists", "The role assignment already exists.");

    public static ArmException RoleAssignmentNotFound(string name) =>
        new(404, "RoleAssignmentNotFound", $"The role assignment '{name}' is not found.");

    public static ArmException RoleAssignmentUpdateNotPermitted() => new(409, "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");

    public static ArmException InvalidFilter(string filter) => new(400, "UnsupportedFilter",
        $"The filter '{filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq " +
        "'{value}' or assignedTo('{value}')'.");

    public static ArmException ScopeNotFound(string scope) => new(404, "ResourceNotFound",
        $"The Resource '{scope}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    /// <summary>A guess: nobody recorded what the service says where there is nothing to recover.</summary>
    public static ArmException DeletedStorageNotFound(string name) => new(404, "DeletedAccountNotFound",
        $"The deleted storage account '{name}' of that creation time was not found.");
}
