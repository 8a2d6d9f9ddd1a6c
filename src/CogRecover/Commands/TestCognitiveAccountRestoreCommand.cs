using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Input;

namespace CogRecover.Commands;

/// <summary>Looks whether soft-deleted accounts can be restored, and what is in the way. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CognitiveAccountRestore", DefaultParameterSetName = NameSet, HelpUri = OnlineHelp)]
[OutputType(typeof(RestoreTestResult))]
public sealed class TestCognitiveAccountRestoreCommand : AccountCommand
{
    private readonly ConcurrentQueue<RestoreTestResult> results = new();

    private protected override string Attempt => "tested";

    /// <summary>Writes the results: those that fail first, then those that warn.</summary>
    protected override void EndProcessing()
    {
        EndInput();
        base.EndProcessing();
        foreach (RestoreTestResult result in results.OrderBy(result => result.Checks[0].Status))
            Output.WriteObject(result);
    }

    private protected override void Begin(AccountInput input) =>
        Pump.Start(cancellation => TestAsync(input, cancellation));

    private async Task TestAsync(AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            results.Enqueue(await LookUps.RunAsync(async () =>
            {
                DeletedCognitiveAccount account = await FindOrExplainAsync(input, cancellationToken)
                    .ConfigureAwait(false);
                input.RequireDeletion(account, Attempt);
                return (await Recovery.TestRestoreAsync(account, cancellationToken).ConfigureAwait(false)).Result;
            }, cancellationToken).ConfigureAwait(false));
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, input.Target).ConfigureAwait(false);
        }
    }

    private async Task<DeletedCognitiveAccount> FindOrExplainAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(input, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw await WithSimilarAsync(input, e, cancellationToken).ConfigureAwait(false);
        }
    }
}
