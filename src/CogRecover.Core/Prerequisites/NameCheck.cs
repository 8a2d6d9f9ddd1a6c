using System.Text.Json;
using CogRecover.Core.Arm;

namespace CogRecover.Core.Prerequisites;

/// <summary>Whether a live account stands where the deleted one would come back.</summary>
internal sealed class NameCheck(ArmAddresses addresses, ArmLookups lookups)
{
    private const string Name = "Name";

    public async Task<RestoreCheck> RunAsync(
        DeletedCognitiveAccount account, AccountReference reference, CancellationToken cancellationToken)
    {
        ArmLookup<JsonElement> live = await lookups.GetAsync(
            addresses.LiveAccount(reference), cancellationToken).ConfigureAwait(false);
        return live.Exists switch
        {
            false => Check.Passed(Name, "No live account has the name."),
            true when AccountReader.AreSame(account, InternalId(live.Value)) => Check.Warning(Name,
                "The account lives: somebody has restored it already.",
                $"Run Get-AzCognitiveServicesAccount -ResourceGroupName '{account.ResourceGroupName}' "
                + $"-Name '{account.Name}'."),
            true => Check.Failed(Name, RecoveryErrorId.AccountAlreadyExists,
                $"A live account named '{account.Name}' stands in resource group '{account.ResourceGroupName}'.",
                $"Run Get-AzCognitiveServicesAccount -ResourceGroupName '{account.ResourceGroupName}' "
                + $"-Name '{account.Name}' to see whether it is the one you want."),
            null => Check.Unknown(Name, $"Whether a live account has the name couldn't be found out: {live.Reason}"),
        };
    }

    private static string? InternalId(JsonElement live) => live.Child("properties").Text("internalId");
}
