namespace CogRecover.Completion;

/// <summary>Offers time spans that people often give, in the form that is the shortest to type.</summary>
public sealed class DurationCompleter : IArgumentCompleter
{
    private static readonly (string Span, string Tip)[] Timeouts =
    [
        ("5m", "Waits 5 minutes for each account"), ("30m", "Waits 30 minutes for each account, as by default"),
        ("1h", "Waits an hour for each account"), ("4h", "Waits 4 hours for each account"),
    ];

    private static readonly (string Span, string Tip)[] Expiries =
    [
        ("1h", "Accounts that Azure purges within an hour"), ("4h", "Accounts that Azure purges within 4 hours"),
        ("12h", "Accounts that Azure purges within 12 hours"), ("24h", "Accounts that Azure purges within a day"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = new TypedWord(wordToComplete, isRegion: false);
        return
        [
            .. (parameterName == "Timeout" ? Timeouts : Expiries)
                .Where(offer => typed.Matches(offer.Span))
                .Select(offer => typed.Complete(offer.Span, offer.Tip)),
        ];
    }
}
