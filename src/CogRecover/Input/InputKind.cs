namespace CogRecover.Input;

/// <summary>What an input of a command is.</summary>
internal enum InputKind
{
    /// <summary>Blank, such as a blank line of a file.</summary>
    Blank,
    /// <summary>A row that has other values and no name, which it may have lost.</summary>
    Unnamed,
    /// <summary>An account whose date of deletion can't be read.</summary>
    UnreadableDate,
    /// <summary>One with a blank parameter on the command line: without it, the command would do more.</summary>
    BlankParameter,
    /// <summary>Accounts that are piped in whole.</summary>
    Accounts,
    /// <summary>Accounts by their resource ids.</summary>
    ResourceIds,
    /// <summary>Accounts by their names.</summary>
    Names,
    /// <summary>A filter over the accounts of subscriptions.</summary>
    Filter,
}
