using System.Text.Json.Nodes;
using CogRecover.Core;
using CogRecover.Core.Dependencies;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Soak;

/// <summary>An account whose group went with its key vault and its storage: what it needs is brought back, then it is
/// restored. Several accounts share a group.</summary>
internal sealed class SoakRecovery(string name, string group) : ISoakOperation
{
    private readonly List<string> outcomes = [];
    private string message = "";

    public string Name => "bring back and restore";

    public IReadOnlyList<string> Outcomes => outcomes;

    private string Vault => $"kv-{name}";
    private string Storage => $"st{name.Replace("-", "", StringComparison.Ordinal)}";

    /// <summary>Adds the account with what it needs. Its group is still to be deleted.</summary>
    public void AddTo(ArmState state)
    {
        state.AddKeyVault(Vault, group);
        string storage = state.AddStorageAccount(Storage, group).Id;
        state.AddDeletedAccount(name, group, configure: account => account.Properties = new()
        {
            ["encryption"] = new JsonObject
            {
                ["keySource"] = "Microsoft.KeyVault",
                ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = $"https://{Vault}.vault.azure.net/" },
            },
            ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = storage }),
        });
    }

    public async Task RunAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        string outcome = "not restored";
        try
        {
            IReadOnlyList<DependencyStatus> needed = await recovery.Prerequisites.TestNeededAsync(
                account, isGroupOnly: false, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (needed.FirstOrDefault(status => status.Check is
                { Status: RestoreCheckStatus.Unknown, ErrorId: not null }) is { } unseen)
            {
                // The command sends nothing then.
                outcomes.Add($"not seen: {unseen.Check.ErrorId}");
                return;
            }

            RecoverableResource[] gone = [.. needed.Select(status => status.Recovery).OfType<RecoverableResource>()];
            foreach (RecoverableResource resource in gone.OrderBy(resource => !resource.IsGroup))
            {
                outcome = $"not {resource.Participle}";
                if (resource is { IsGroup: false, Group: { } first })
                    await recovery.Operations.RecoverAsync(
                        first, SoakOperation.Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
                await recovery.Operations.RecoverAsync(
                    resource, SoakOperation.Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            outcome = "not restored";
            OperationHandle<RestoreOutcome> restore = await recovery.Operations.StartRestoreAsync(
                account, SoakOperation.Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
            await restore.WaitAsync(cancellationToken).ConfigureAwait(false);
            outcomes.Add("restored");
        }
        catch (RecoveryException e)
        {
            message = e.Message;
            outcomes.Add($"{(SoakOperation.IsUnknown(e) ? "unknown" : outcome)}: {e.ErrorId}");
        }
    }

    public string? Check(ArmState state)
    {
        bool lives = state.HasAccount(name, group);
        bool isDeleted = state.HasDeletedAccount(name, group);
        bool hasAll = state.Resources.Any(one => one.Name == Vault) && state.Resources.Any(one => one.Name == Storage);
        bool isDown = outcomes is [var only] && only.Split(": ") is [_, nameof(RecoveryErrorId.ServiceUnavailable)
            or nameof(RecoveryErrorId.ConnectionFailed) or nameof(RecoveryErrorId.InvalidServiceResponse)];
        bool fits = lives != isDeleted && outcomes is [var outcome] && outcome.Split(':')[0] switch
        {
            "restored" => lives && hasAll,

            // What couldn't be looked at isn't brought back, and without it the service refuses the restore.
            "not restored" => isDeleted && (!hasAll || isDown),
            "not seen" => isDeleted && !hasAll && isDown,
            "not created" => isDeleted && isDown,
            "not recovered" => isDeleted && !hasAll && isDown,
            "unknown" => true,
            _ => false,
        };
        return fits
            ? null
            : $"{name}: {Name} came to {string.Join(", ", outcomes)}, and it {(lives ? "lives" : "is deleted")}, "
                + $"{(hasAll ? "with" : "without")} all that it needs\n    {message}";
    }
}
