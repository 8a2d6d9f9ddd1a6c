namespace CogRecover.Completion;

/// <summary>Completes what names deleted accounts from those that match the rest of the line. Offers nothing if nobody
/// is signed in or the service doesn't respond.</summary>
public sealed class DeletedAccountCompleter : IArgumentCompleter
{
    private const int AccountsInTip = 3;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            var typed = new TypedWord(wordToComplete, isRegion: parameterName == "Location");
            var filter = new DeletedAccountFilter(
                new(Other("Name"), Other("ResourceGroupName"), Other("Location")), Other("Kind"),
                Other("SubDomainName"));
            string[] listed = typed.Value.Length == 0
                ? Unfinished(commandAst)
                : [.. Given(fakeBoundParameters, parameterName).Where(value => value != typed.Value)];
            bool isId = parameterName == "ResourceId";
            return [.. Accounts(parameterName, fakeBoundParameters)
                .Where(filter.Matches)
                .SelectMany(account => ValuesOf(account, parameterName).Select(value => (value, account)))
                .GroupBy(one => one.value, one => one.account, StringComparer.OrdinalIgnoreCase)
                .Where(accounts => typed.Matches(accounts.Key) || (isId && typed.Matches(accounts.First().Name)))
                .Where(accounts => !listed.Contains(accounts.Key, StringComparer.OrdinalIgnoreCase))
                .OrderBy(accounts => accounts.Key, StringComparer.OrdinalIgnoreCase)
                .Select(accounts => typed.Complete(
                    accounts.Key, Tip(parameterName, [.. accounts]), isId ? accounts.First().Name : null))];
        }
        catch (Exception e) when (e is RecoveryException or WildcardPatternException)
        {
            return [];
        }

        string[] Other(string name) => name == parameterName ? [] : Given(fakeBoundParameters, name);
    }

    private static IEnumerable<DeletedCognitiveAccount> Accounts(string parameter, IDictionary line)
    {
        // Nothing is shown while the user types.
        var context = AzContext.Read(line["DefaultProfile"], warn: _ => { });
        if (parameter == "SubscriptionId" || line.Contains("AllSubscriptions"))
            return CompletionCache.Shared.Get(context, subscriptionId: null);
        string[] subscriptions = Given(line, "SubscriptionId");
        if (subscriptions.Length == 0 && context.SubscriptionId is { } current) subscriptions = [current];
        return subscriptions.SelectMany(id => CompletionCache.Shared.Get(context, id));
    }

    private static string[] Given(IDictionary line, string parameter) =>
        line[parameter] is { } value && LanguagePrimitives.TryConvertTo(value, out string[] texts) ? texts : [];

    // PowerShell binds no list that ends in a comma, as in "-Name a, ".
    private static string[] Unfinished(CommandAst command) =>
    [
        .. command.FindAll(ast => ast is ErrorExpressionAst, searchNestedScriptBlocks: false)
            .SelectMany(list => ((ErrorExpressionAst)list).NestedAst)
            .OfType<StringConstantExpressionAst>().Select(text => text.Value),
    ];

    private static IEnumerable<string> ValuesOf(DeletedCognitiveAccount account, string parameter) => parameter switch
    {
        "Name" => [account.Name],
        "ResourceGroupName" => [account.ResourceGroupName],
        "Location" => [account.Location],
        "Kind" => [account.Kind ?? ""],
        "SubDomainName" => [account.CustomSubDomainName ?? ""],
        "ResourceId" => [account.ResourceId],
        "Tag" => account.Tags.Select(tag => $"{tag.Key}={tag.Value}"),
        _ => [account.SubscriptionId],
    };

    private static string Tip(string parameter, DeletedCognitiveAccount[] accounts)
    {
        if (parameter == "SubscriptionId" && accounts[0].SubscriptionName is { } subscription)
            return $"{subscription}: {accounts.Length} deleted account{(accounts.Length == 1 ? "" : "s")}";
        string tip = string.Join("; ", accounts.Take(AccountsInTip).Select(account =>
            (parameter is "Name" or "ResourceId"
                ? $"{account.Kind} in {account.ResourceGroupName}"
                : $"{account.Name}: {account.Kind}")
            + $", {account.Location}, {TimeLeft.Text(account.TimeRemaining)} left"
            + (parameter == "ResourceId" ? $": {account.ResourceId}" : "")));
        return accounts.Length > AccountsInTip ? $"{tip}; and {accounts.Length - AccountsInTip} more" : tip;
    }
}
