namespace CogRecover.Core.Errors;

/// <summary>The command lines that errors recommend.</summary>
internal static class NextCommand
{
    /// <summary>How to bring an account's resource group back.</summary>
    public static string CreateGroup(AccountReference account)
    {
        string create = $"New-AzResourceGroup -Name '{Quote(account.ResourceGroupName!)}' -Location ";
        return account.Location == Region.Global
            ? $"The account is in no region, so that only you know where the group was: {create}<region>"
            : $"Add -CreateResourceGroup to Restore-CognitiveAccount, or create it with {create}'{account.Location}'.";
    }

    public static string For(string command, DeletedCognitiveAccount account) =>
        $"{command} -Name '{Quote(account.Name)}' -ResourceGroupName '{Quote(account.ResourceGroupName)}' "
        + $"-Location '{account.Location}' -SubscriptionId '{account.SubscriptionId}'";

    public static string GetLive(AccountReference account) => account.ResourceGroupName is { } group
        ? $"Get-AzCognitiveServicesAccount -ResourceGroupName '{Quote(group)}' -Name '{Quote(account.Name)}'"
        : "Get-AzCognitiveServicesAccount";

    public static string GetDeleted(DeletedCognitiveAccount account) =>
        GetDeleted(account.SubscriptionId, account.Name);

    public static string GetDeleted(string subscriptionId, string name) =>
        $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}' -Name '{Quote(name)}'";

    /// <summary>Without the subscription: in the one of the context.</summary>
    public static string GetDeleted(string name) => $"Get-DeletedCognitiveAccount -Name '{Quote(name)}'";

    public static string Quote(string name) => name.Replace("'", "''");
}
