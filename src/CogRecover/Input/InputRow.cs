using CogRecover.Core.Errors;
using CogRecover.Core.References;

namespace CogRecover.Input;

/// <summary>What one input of a command names.</summary>
internal enum RowKind
{
    /// <summary>Nothing, as a blank line of a file.</summary>
    Blank,

    /// <summary>No account, though something came that may have been one's.</summary>
    Unnamed,

    /// <summary>An account with a date that can't be read.</summary>
    UnreadableDate,

    /// <summary>Accounts by their resource ids.</summary>
    Ids,

    /// <summary>Accounts by their names; where the command lists, those that the other parameters let through.</summary>
    Names,
}

/// <summary>
/// One input of a command as PowerShell has bound it. What it names is decided here, once for all commands: nothing must
/// never stand for everything, and a row whose id and names contradict each other must not reach either account.
/// </summary>
/// <param name="typed">The parameters that stand on the command line. The others came with the pipeline.</param>
/// <param name="isPiped">Whether the command has a pipeline to read.</param>
/// <param name="lists">Whether the command lists, so that names may be missing.</param>
internal sealed class InputRow(ISet<string> typed, bool isPiped, bool lists)
{
    private readonly DeletionTime? deletion;
    private readonly bool isDateReadable = true;
    private readonly object? deletionDate;

    public string[]? Name { get; init; }

    public string[]? ResourceGroupName { get; init; }

    public string[]? Location { get; init; }

    public string[]? SubscriptionId { get; init; }

    public string[]? ResourceId { get; init; }

    public object? DeletionDate
    {
        get => deletionDate;
        init => (deletionDate, isDateReadable) = (value, DeletionTime.TryRead(value, out deletion));
    }

    /// <summary>When the accounts were deleted; null if that isn't given.</summary>
    public DeletionTime? Deletion => deletion;

    /// <summary>The names that aren't blank.</summary>
    public string[] Names => GivenNames.Trim(Name);

    /// <summary>The ids that aren't blank.</summary>
    public string[] Ids => GivenNames.Trim(ResourceId);

    /// <summary>A parameter that was typed and is blank, as with a variable that isn't set; null if there is none.</summary>
    public string? BlankParameter => Array.Find(Parameters, parameter => typed.Contains(parameter.Name)
        && IsBlank(parameter.Value)).Name;

    public RowKind Kind
    {
        get
        {
            if (Names.Length + Ids.Length == 0)
            {
                bool hasName = Name is not null || !lists;
                if (hasName) return CameWithOthers ? RowKind.Unnamed : RowKind.Blank;

                // What has nothing but a date, or a blank id, must not stand for a whole subscription.
                if (isPiped && IsBlank(ResourceGroupName) && IsBlank(SubscriptionId)) return RowKind.Unnamed;
            }

            if (!isDateReadable) return RowKind.UnreadableDate;
            return AreAccounts ? RowKind.Ids : RowKind.Names;
        }
    }

    /// <summary>
    /// Whether the ids are to be accounts'. A row may have a number of its own, and a subscription or a resource group has
    /// the id of what is to be listed; an id alone never lists anything else than what it names.
    /// </summary>
    private bool AreAccounts => Ids.Length > 0 && (lists
        ? (Name is null && ResourceGroupName is null && SubscriptionId is null)
            || Array.Exists(Ids, id => AccountReference.IsIdentifier(id) && !AccountReference.IsScope(id))
        : Names.Length == 0 || Array.Exists(Ids, AccountReference.IsIdentifier));

    private bool CameWithOthers => Array.Exists(
        [nameof(ResourceGroupName), nameof(Location), nameof(SubscriptionId), nameof(DeletionDate)], CameWith);

    private (string Name, object? Value)[] Parameters =>
    [
        (nameof(Name), Name), (nameof(ResourceGroupName), ResourceGroupName), (nameof(Location), Location),
        (nameof(SubscriptionId), SubscriptionId), (nameof(DeletionDate), DeletionDate), (nameof(ResourceId), ResourceId),
    ];

    /// <summary>
    /// Whether the pipeline brought something for a parameter with this input. The bound parameters of the invocation don't
    /// tell: they keep what an earlier input brought.
    /// </summary>
    public bool CameWith(string parameter) => !typed.Contains(parameter)
        && !IsBlank(Array.Find(Parameters, bound => bound.Name == parameter).Value);

    /// <summary>The accounts that the row names, each with what is wrong where it can't be one.</summary>
    /// <param name="contextSubscription">Gives the subscription where the row has none.</param>
    public IEnumerable<(AccountInput Input, RecoveryException? Failure)> Accounts(Func<string> contextSubscription)
    {
        if (Kind == RowKind.Names)
        {
            foreach (string name in Names)
                yield return (name[0] == '/' ? OfId(name, names: []) : OfName(name, contextSubscription), null);
            yield break;
        }

        // Of one name and one id, the id's own check says that they differ.
        if (Names.Length > 1 && Array.TrueForAll(Ids, AccountReference.IsAccount))
            foreach (string name in Names.Where(name => !Ids.Any(id => Same(LastSegment(id), LastSegment(name)))))
                yield return (new(name, null, () => throw new NotSupportedException(), name), InputErrors.NameWithoutId(name));
        foreach (string id in Ids) yield return (OfId(id, Names), null);
    }

    private AccountInput OfName(string name, Func<string> contextSubscription)
    {
        string subscription = GivenNames.First(SubscriptionId) ?? contextSubscription();
        (string? group, string? location) = (GivenNames.First(ResourceGroupName), GivenNames.First(Location));
        string region = location is null ? "" : Region.Normalize(location);
        return new(
            name, null, () => AccountReference.Create(subscription, group, location, name),
            string.Join("/", subscription, group, region, name) + $" {deletion}", deletion);
    }

    // What stands beside an id has to agree with it: whoever changed the one may mean the other.
    private AccountInput OfId(string id, string[] names)
    {
        (string? subscription, string? group, string? location) = (
            GivenNames.First(SubscriptionId), GivenNames.First(ResourceGroupName), GivenNames.First(Location));
        return new(id, null, () =>
        {
            var account = AccountReference.Parse(id);
            if (names.Length > 0 && !names.Any(name => Same(LastSegment(name), account.Name)))
                throw InputErrors.Contradiction(account, "name", names[0]);
            if (subscription is not null && !Same(subscription, account.SubscriptionId))
                throw InputErrors.Contradiction(account, "subscription", subscription);
            if (group is not null && !Same(group, account.ResourceGroupName) && !AccountReference.IsProvider(group))
                throw InputErrors.Contradiction(account, "resource group", group);
            if (location is null) return account;
            if (account.Location is null) return account.In(location);
            return Same(Region.Normalize(location), account.Location)
                ? account
                : throw InputErrors.Contradiction(account, "location", location);
        }, string.Join(" ", [id, subscription, group, location, $"{deletion}", .. names]), deletion);
    }

    private static bool IsBlank(object? value) => value switch
    {
        string[] texts => Array.TrueForAll(texts, string.IsNullOrWhiteSpace),
        _ => string.IsNullOrWhiteSpace($"{value}"),
    };

    private static bool Same(string? left, string? right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // Az names nested resources by a path.
    private static string LastSegment(string name) => name.Substring(name.LastIndexOf('/') + 1);
}
