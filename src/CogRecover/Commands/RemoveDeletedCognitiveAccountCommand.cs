using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Core.Operations;

namespace CogRecover.Commands;

/// <summary>
/// Purges soft-deleted Azure Cognitive Services accounts for good, which frees their names, subdomains and quota. This
/// can't be undone.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "DeletedCognitiveAccount", DefaultParameterSetName = NameSet,
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class RemoveDeletedCognitiveAccountCommand() : AccountOperationCommand("Purging accounts")
{
    /// <summary>Doesn't ask. <c>-WhatIf</c> still purges nothing, and <c>-Confirm</c> still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each account that was purged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private bool IsConfirmAsked => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        && LanguagePrimitives.IsTrue(given);

    private protected override bool Confirm(DeletedCognitiveAccount account)
    {
        string purge = $"Permanently purge {Describe(account)}. Its keys, model deployments, quota and subdomain "
            + $"{Subdomain(account)}go with it, and it can't be restored any more";
        if (!Force || IsWhatIf || IsConfirmAsked)
            return ShouldProcess(purge + ".", purge + ". Purge it?", "Permanently purge a soft-deleted account");
        WriteVerbose(purge + ".");
        return true;
    }

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        bool wasThere = await Recovery.PurgeAsync(account, Timeout, observer, cancellationToken).ConfigureAwait(false);
        if (!wasThere)
        {
            string name = $"Account '{account.Name}' in resource group '{account.ResourceGroupName}'";
            if (await Recovery.FindLiveAsync(AccountReference.Of(account), cancellationToken).ConfigureAwait(false)
                is not null)
            {
                await Pump.PostAsync(() => WriteWarning($"{name} wasn't purged: it lives, somebody has restored it."))
                    .ConfigureAwait(false);
                return null;
            }

            await Pump.PostAsync(() => WriteVerbose($"{name} was gone already.")).ConfigureAwait(false);
        }

        return PassThru ? account : null;
    }

    private static string Subdomain(DeletedCognitiveAccount account) =>
        account.CustomSubDomainName is { } name ? $"'{name}' " : "";
}
