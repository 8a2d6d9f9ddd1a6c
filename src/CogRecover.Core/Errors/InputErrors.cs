namespace CogRecover.Core.Errors;

/// <summary>The input of a command names no account, or contradicts itself.</summary>
internal static class InputErrors
{
    /// <summary>The command was given no account.</summary>
    public static RecoveryException NothingNamed() => new(RecoveryErrorId.InvalidResourceId,
        "No account is named.",
        "Give -Name or -ResourceId, or pipe accounts in. Run Get-DeletedCognitiveAccount to see them.");

    /// <summary>No key of a hashtable names an account.</summary>
    public static RecoveryException NoKeyNames() => new(RecoveryErrorId.InvalidResourceId,
        "The hashtable has no key that names an account.",
        "Use the keys Name, ResourceGroupName, Location, SubscriptionId, ResourceId and DeletionDate: "
        + "@{ Name = 'contoso'; ResourceGroupName = 'rg-ai' }.");

    /// <summary>Hashtables were given beside what is piped in.</summary>
    public static RecoveryException RowBesideInput() => new(RecoveryErrorId.InvalidResourceId,
        "-Row was given beside piped input, and nothing was done.",
        "Pipe the hashtables in too, or give -Row alone.");

    /// <summary>The value of a parameter is blank.</summary>
    public static RecoveryException BlankParameter(string parameter) => new(RecoveryErrorId.InvalidResourceId,
        $"-{parameter} is blank, and nothing was done.",
        $"Give -{parameter} a value, or leave it out. A variable that isn't set, or is misspelled, is blank.");

    /// <summary>A tag has no name, or its value can't be that of a tag.</summary>
    public static RecoveryException InvalidTag(string parameter, string name) => new(RecoveryErrorId.InvalidTag,
        name.Length == 0
            ? $"-{parameter} has a tag without a name, and nothing was done."
            : $"-{parameter}: the value of '{name}' is neither text nor a number, and nothing was done.",
        $"Give names and values: -{parameter} @{{ CostCenter = '4711'; Owner = 'ai-team' }}");

    /// <summary>Tags were given for resource groups, and none is created.</summary>
    public static RecoveryException NothingToTag(string parameter) => new(RecoveryErrorId.InvalidTag,
        $"-{parameter} is for a resource group that the command creates, but this command creates none. Nothing was "
        + "done.",
        "Add -CreateResourceGroup or -RestoreDependency.");

    /// <summary>The deletion date of an account can't be read.</summary>
    public static RecoveryException InvalidDeletionDate(string given, string account) => new(
        RecoveryErrorId.InvalidDeletionDate,
        $"Account '{account}': '{given}' can't be read as its deletion date. Without that date it isn't known whether "
        + "the account is still the one that you mean.",
        "Give the date as Get-DeletedCognitiveAccount writes it, such as 2026-11-25T14:02:37Z, or work in the culture "
        + "that the file was written in. In a file that Az wrote, select it first: Select-Object Id, "
        + "@{ n = 'DeletionDate'; e = { $_.Properties.DeletionDate } }.");

    /// <summary>An id and the names beside it name different accounts.</summary>
    /// <param name="part">What differs: <c>name</c>, <c>resource group</c>, <c>location</c> …</param>
    /// <param name="given">What was given beside the id.</param>
    public static RecoveryException Contradiction(AccountReference id, string part, string given) => new(
        RecoveryErrorId.InvalidResourceId,
        $"The resource id names account {id}, but the {part} given with it is '{given}'. Nothing was done, because "
        + "it isn't known which of them you mean.",
        "Correct the one that is wrong, or give only one: -ResourceId, or -Name with -ResourceGroupName and "
        + "-Location.");

    /// <summary>A name was given beside resource ids, none of which is its account's.</summary>
    public static RecoveryException NameWithoutId(string name) => new(RecoveryErrorId.InvalidResourceId,
        $"Account '{name}' is named together with resource ids, but none of them is the id of that account. Nothing "
        + "was done to it.",
        "Give names or resource ids, not both.");
}
