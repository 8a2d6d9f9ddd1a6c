using System.Management.Automation;

namespace CogRecover.Commands;

/// <summary>Looks whether soft-deleted accounts can be restored, and what is in the way. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CognitiveAccountRestore", DefaultParameterSetName = NameSet)]
[OutputType(typeof(RestoreTestResult))]
public sealed class TestCognitiveAccountRestoreCommand : AccountCommand
{
    private protected override void Begin(AccountInput input) =>
        Pump.Start(cancellation => TestAsync(input, cancellation));

    private async Task TestAsync(AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            DeletedCognitiveAccount account = await FindAsync(input, cancellationToken).ConfigureAwait(false);
            RestoreTestResult result = await ThrottleAsync(
                () => Recovery.TestRestoreAsync(account, cancellationToken), cancellationToken).ConfigureAwait(false);
            await Pump.PostAsync(() => WriteObject(result)).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, input.Target).ConfigureAwait(false);
        }
    }
}
