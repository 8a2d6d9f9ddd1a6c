namespace CogRecover.Formatting;

/// <summary>Formats what the views of accounts show.</summary>
public static class AccountTable
{
    /// <summary>The width that every window has.</summary>
    internal const int NarrowWindow = 80;

    private const int NarrowName = 19;
    private const int NarrowGroup = 13;

    /// <summary>Cuts an account's name.</summary>
    public static string Name(string? text, PSHost host) => Cut(text, NarrowName, host);

    /// <summary>Cuts a resource group's name.</summary>
    public static string Group(string? text, PSHost host) => Cut(text, NarrowGroup, host);

    /// <summary>A date in the calendar of the service, whatever the user's: <c>2026-11-23 14:02</c>.</summary>
    public static string Date(DateTime date) => date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date without its year: <c>11-23 14:02</c>; empty if there is none.</summary>
    public static string ShortDate(DateTime? date) =>
        date?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The subscription of an account or a result: its name where that is known, and its id.</summary>
    /// <param name="written">What a command wrote, or what was read from a file of it.</param>
    public static string Subscription(PSObject written)
    {
        string id = Text(written, "SubscriptionId") ?? "";
        return Text(written, "SubscriptionName") is { } name ? $"{name} ({id})" : id;
    }

    /// <summary>Who deleted an account, or why that isn't there.</summary>
    /// <param name="written">What a command wrote, or what was read from a file of it.</param>
    public static string DeletedBy(PSObject written) => Text(written, "DeletedBy")
        ?? (written.BaseObject is not DeletedCognitiveAccount account ? ""
            : DeletionLog.WasRead(account) ? "not known from the Activity Log"
            : "not asked for (-IncludeDeletedBy)");

    private static string? Text(PSObject written, string name) =>
        written.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    // The columns share what the window has beyond 80.
    private static string Cut(string? text, int narrow, PSHost host) =>
        CellText.Cut(text ?? "", narrow + (CellText.Spare(NarrowWindow, host) / 4), host);
}
