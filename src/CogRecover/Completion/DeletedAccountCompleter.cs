using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CogRecover.Formatting;
using CogRecover.Listing;
using CogRecover.SignIn;

namespace CogRecover.Completion;

/// <summary>
/// Completes what names deleted accounts from those that are deleted now, narrowed by what the line says already.
/// Offers nothing where nobody is signed in or nothing answers.
/// </summary>
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
                On("Name"), On("ResourceGroupName"), On("Kind"), On("Location"), expiringWithin: null);
            return [.. Accounts(parameterName, fakeBoundParameters)
                .Where(filter.Matches)
                .GroupBy(account => ValueOf(account, parameterName), StringComparer.OrdinalIgnoreCase)
                .Where(accounts => typed.Matches(accounts.Key))
                .OrderBy(accounts => accounts.Key, StringComparer.OrdinalIgnoreCase)
                .Select(accounts => typed.Complete(accounts.Key, Tip(parameterName, [.. accounts])))];
        }
        catch (Exception e) when (e is RecoveryException or WildcardPatternException)
        {
            return [];
        }

        string[]? On(string name) => name == parameterName ? null : Given(fakeBoundParameters, name);
    }

    private static IReadOnlyCollection<DeletedCognitiveAccount> Accounts(string parameter, IDictionary line)
    {
        var context = AzContext.Read(line["DefaultProfile"]);
        if (parameter == "SubscriptionId" || line.Contains("AllSubscriptions"))
            return CompletionCache.Get(context, subscriptionId: null);
        string[] subscriptions = Given(line, "SubscriptionId")
            ?? (context.SubscriptionId is { } subscription ? [subscription] : []);
        return [.. subscriptions.SelectMany(given => CompletionCache.Get(context, given))];
    }

    private static string[]? Given(IDictionary line, string name) =>
        line[name] is { } value && LanguagePrimitives.TryConvertTo(value, out string[] texts) ? texts : null;

    private static string ValueOf(DeletedCognitiveAccount account, string parameter) => parameter switch
    {
        "Name" => account.Name,
        "ResourceGroupName" => account.ResourceGroupName,
        "Location" => account.Location,
        "Kind" => account.Kind ?? "",
        _ => account.SubscriptionId,
    };

    private static string Tip(string parameter, DeletedCognitiveAccount[] accounts)
    {
        string tip = string.Join("; ", accounts.Take(AccountsInTip).Select(account =>
            (parameter == "Name" ? $"{account.Kind} in {account.ResourceGroupName}" : $"{account.Name}: {account.Kind}")
            + $", {account.Location}, {TimeLeft.Text(account.TimeRemaining)} left"));
        return accounts.Length > AccountsInTip ? $"{tip}; and {accounts.Length - AccountsInTip} more" : tip;
    }
}
