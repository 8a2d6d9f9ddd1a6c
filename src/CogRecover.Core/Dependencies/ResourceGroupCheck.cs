namespace CogRecover.Core.Dependencies;

/// <summary>Whether the account's resource group exists.</summary>
internal sealed class ResourceGroupCheck(SharedReads reads)
{
    private const string Name = "ResourceGroup";

    public async Task<RestoreCheck> RunAsync(AccountReference account, CancellationToken cancellationToken)
    {
        SharedRead<JsonElement> group = await reads.GetAsync(
            reads.Addresses.ResourceGroup(account), cancellationToken).ConfigureAwait(false);
        return group.Exists switch
        {
            true => Check.Passed(Name, $"Resource group '{account.ResourceGroupName}' exists."),
            false => Check.Failed(Name, RecoveryErrorId.ResourceGroupNotFound,
                $"Resource group '{account.ResourceGroupName}' is gone.", NextCommand.CreateGroup(account)),
            null => Check.Unknown(Name,
                $"Whether resource group '{account.ResourceGroupName}' exists couldn't be found out: {group.Reason}"),
        };
    }
}
