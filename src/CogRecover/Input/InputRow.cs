namespace CogRecover.Input;

/// <summary>One input of a command: the values that its parameters are bound to, and what they name.</summary>
/// <param name="name">Names; null if the input has none, which isn't the same as a blank name.</param>
/// <param name="deletionDate">When the accounts were deleted, in a form that <see cref="DeletionTime"/> reads.</param>
internal sealed class InputRow(
    string[]? name, string?[]? group, string?[]? location, string?[]? subscription, string[]? resourceId,
    object? deletionDate)
{
    private readonly string[] names = TrimNamesAttribute.Trim(name);
    private readonly string[] groups = TrimNamesAttribute.Trim(group);
    private readonly string[] locations = TrimNamesAttribute.Trim(location);
    private readonly string[] subscriptions = TrimNamesAttribute.Trim(subscription);
    private readonly string[] ids = TrimNamesAttribute.Trim(resourceId);
    private DeletionTime? deletion;
    private InputKind? kind;

    /// <summary>Accounts that are piped in whole; null if the input has values instead.</summary>
    public DeletedCognitiveAccount[]? InputObject { get; init; }

    /// <summary>The parameters on the command line. The others are bound from the pipeline.</summary>
    public required ICollection<string> Typed { get; init; }

    /// <summary>Returns the subscription to work in if the input has none.</summary>
    public required Func<string> ContextSubscription { get; init; }

    /// <summary>True if the command lists accounts: names are patterns then, and an input needs no name.</summary>
    public bool IsForList { get; init; }

    /// <summary>True if the input comes from the pipeline.</summary>
    public bool IsPiped { get; init; }

    /// <summary>True if the values are those of a hashtable.</summary>
    public bool IsHashtable { get; init; }

    public InputKind Kind => kind ??= Decide();

    /// <summary>What is wrong with the input; null if nothing is.</summary>
    public RecoveryException? Failure => Kind switch
    {
        InputKind.BlankParameter => InputErrors.BlankParameter(BlankParameter!),
        InputKind.Unnamed => IsHashtable ? InputErrors.NoKeyNames() : InputErrors.NothingNamed(),
        InputKind.UnreadableDate => InputErrors.InvalidDeletionDate($"{deletionDate}", FirstName),
        _ => null,
    };

    /// <summary>The first account that the input names; empty if it names none.</summary>
    public string FirstName => names.FirstOrDefault() ?? ids.FirstOrDefault() ?? "";

    /// <summary>The accounts that the input names. Where it contradicts itself, an account's reference fails.</summary>
    public IEnumerable<AccountInput> Accounts => Kind switch
    {
        InputKind.Accounts => InputObject!.Select(AccountInput.Of),
        InputKind.ResourceIds => [.. NamesWithoutId(), .. ids.Select(id => ById(id, names))],
        InputKind.Names => names.Select(name => IsResourceId(name) ? ById(name, []) : ByName(name)),
        InputKind.Filter => names.Where(IsResourceId).Select(id => ById(id, [])),
        _ => [],
    };

    /// <summary>What an account that is found by its resource id must match, in a command that lists.</summary>
    public AccountPatterns BesideId => new(
        Kind == InputKind.ResourceIds ? [.. names.Select(LastSegment)] : [],
        [.. groups.Where(group => !AccountReference.IsProvider(group))], locations, deletion);

    /// <summary>What the accounts of a list must match; null if the input asks for no list.</summary>
    public AccountPatterns? Listed
    {
        get
        {
            if (Kind != InputKind.Filter || (names.Length > 0 && Array.TrueForAll(names, IsResourceId))) return null;

            // Get-AzSubscription writes the subscription's own name and id.
            bool isSubscription = ids is [var id] && Subscriptions is [var only] && id == only;
            string[] listed = isSubscription ? [] : [.. names.Where(name => !IsResourceId(name))];

            // Get-AzResourceGroup writes the group's own region. Its accounts may be in others.
            bool isGroup = listed.Length == 0 && !Typed.Contains("Location");
            return new(listed, groups, isGroup ? [] : locations, deletion);
        }
    }

    /// <summary>The subscriptions to list.</summary>
    public string[] Subscriptions => subscriptions.Length == 0
        ? [ContextSubscription()]
        : [.. subscriptions.Distinct(StringComparer.OrdinalIgnoreCase)];

    private (string Parameter, string[] Values)[] Cells =>
    [
        ("Name", names), ("ResourceGroupName", groups), ("Location", locations), ("SubscriptionId", subscriptions),
        ("DeletionDate", TrimNamesAttribute.Trim([$"{deletionDate}"])), ("ResourceId", ids),
        ("Row", IsHashtable ? ["@{}"] : []),
    ];

    private string? BlankParameter =>
        Array.Find(Cells, cell => cell.Values.Length == 0 && Typed.Contains(cell.Parameter)).Parameter;

    private bool HasPipedValue =>
        Array.Exists(Cells, cell => cell.Values.Length > 0 && !Typed.Contains(cell.Parameter));

    private InputKind Decide()
    {
        if (InputObject is not null) return InputKind.Accounts;
        if (BlankParameter is not null) return InputKind.BlankParameter;
        bool hasScope = groups.Length + subscriptions.Length > 0;
        if (names.Length + ids.Length == 0)
        {
            // A row that has lost its name must not stand for all accounts.
            if (IsHashtable) return InputKind.Unnamed;
            if (!IsForList || name is not null) return HasPipedValue ? InputKind.Unnamed : InputKind.Blank;
            if (IsPiped && !hasScope) return InputKind.Unnamed;
        }

        if (!DeletionTime.TryRead(deletionDate, out deletion)) return InputKind.UnreadableDate;

        // In a list, a row's id may be that of the subscription or the resource group, or a number of the row itself.
        bool areAccounts = Array.Exists(ids, id =>
            AccountReference.IsIdentifier(id) && !(IsForList && AccountReference.IsScope(id)));
        bool areAlone = ids.Length > 0 && names.Length == 0 && !(IsForList && name is null && hasScope);
        return areAccounts || areAlone ? InputKind.ResourceIds : IsForList ? InputKind.Filter : InputKind.Names;
    }

    // If there is one name only, the check of the id finds that they differ.
    private IEnumerable<AccountInput> NamesWithoutId() => names
        .Where(name => !IsForList && names.Length > 1 && Array.TrueForAll(ids, AccountReference.IsAccount)
            && !Array.Exists(ids, id => Same(LastSegment(id), LastSegment(name))))
        .Select(name => Account(name, [], () => throw InputErrors.NameWithoutId(name)));

    private AccountInput ByName(string name)
    {
        string subscription = Subscriptions[0];
        return Account(name, [subscription], () => AccountReference.Create(
            subscription, groups.FirstOrDefault(), locations.FirstOrDefault(), name));
    }

    // If a value beside an id contradicts it, either may be what the user means. A list compares its patterns later.
    private AccountInput ById(string id, string[] beside) => Account(id, [.. subscriptions, .. beside], () =>
    {
        var account = AccountReference.Parse(id);
        if (!IsForList) Require("name", beside, name => Same(LastSegment(name), account.Name));
        Require("subscription", subscriptions, subscription => Same(subscription, account.SubscriptionId));
        if (IsForList) return account;
        Require("resource group", groups,
            group => Same(group, account.ResourceGroupName) || AccountReference.IsProvider(group));
        if (account.Location is null && locations is [var location, ..]) return account.In(location);
        Require("location", locations, location => Same(Region.Normalize(location), account.Location));
        return account;

        void Require(string part, string[] values, Predicate<string> isSame)
        {
            if (values.Length > 0 && !Array.Exists(values, isSame))
                throw InputErrors.Contradiction(account, part, values[0]);
        }
    });

    private AccountInput Account(string given, string[] beside, Func<AccountReference> reference)
    {
        string region = Region.Normalize(locations.FirstOrDefault() ?? "");
        string key = string.Join("/", [given, groups.FirstOrDefault(), region, $"{deletion}", .. beside]);
        return new(given, null, reference, key, deletion);
    }

    private static bool IsResourceId(string name) => name[0] == '/';

    private static bool Same(string left, string? right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    // Az names nested resources by a path.
    private static string LastSegment(string name) => name.Substring(name.LastIndexOf('/') + 1);
}
