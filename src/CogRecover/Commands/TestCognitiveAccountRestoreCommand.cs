namespace CogRecover.Commands;

/// <summary>Tests whether soft-deleted accounts can be restored, and what prevents it. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CognitiveAccountRestore", DefaultParameterSetName = NameSet, HelpUri = OnlineHelp)]
[OutputType(typeof(RestoreTestResult))]
public sealed class TestCognitiveAccountRestoreCommand : AccountCommand
{
    private readonly ConcurrentQueue<RestoreTestResult> results = new();

    /// <summary>Asks about a restore with this switch: a resource group that it creates isn't in the way.</summary>
    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    /// <summary>Asks about a restore with this switch: what it brings back isn't in the way, and what an account needs
    /// and can't be seen is.</summary>
    [Parameter]
    public SwitchParameter RestoreDependency { get; set; }

    /// <summary>Writes the results, those of a subscription together: those that fail first, then those that warn.
    /// </summary>
    protected override void EndProcessing()
    {
        EndInput();
        base.EndProcessing();
        IEnumerable<IGrouping<string, RestoreTestResult>> bySubscription = results
            .OrderBy(result => result.Checks[0].Status)
            .ThenBy(result => result.DeletionDate ?? DateTime.MaxValue)
            .ThenBy(result => result.Name, StringComparer.OrdinalIgnoreCase)
            .GroupBy(result => result.SubscriptionId, StringComparer.OrdinalIgnoreCase);
        foreach (RestoreTestResult result in bySubscription.SelectMany(results => results)) Output.WriteObject(result);
    }

    private protected override void Process(AccountInput input) =>
        Pump.Start(cancellation => TestAsync(input, cancellation));

    private async Task TestAsync(AccountInput input, CancellationToken cancellationToken)
    {
        using IDisposable room = await Session.Limit.EnterAsync(cancellationToken);
        var search = new AccountSearch(Recovery, MyInvocation.MyCommand.Name);
        try
        {
            DeletedCognitiveAccount account;
            try
            {
                account = await search.FindAsync(input, cancellationToken);
            }
            catch (RecoveryException e)
            {
                throw await search.ExplainAsync(input, e, cancellationToken);
            }

            input.RequireDeletion(account, "tested");
            results.Enqueue((await Recovery.Prerequisites.TestAsync(
                account, cancellationToken, new(CreateResourceGroup, RestoreDependency))).Result);
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, input.Target);
        }
    }
}
