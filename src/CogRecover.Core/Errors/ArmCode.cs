namespace CogRecover.Core.Errors;

/// <summary>A row of the table of Azure Resource Manager's error codes. Its texts may have {words}, for which
/// <see cref="ArmError.Word"/> and <see cref="Attempt.Word"/> stand in: the row fits only an attempt that knows them
/// all.</summary>
/// <param name="Status">The HTTP status; <c>x</c> stands for any digit.</param>
/// <param name="Code">The error code; <c>*</c> at its beginning stands for anything.</param>
/// <param name="Id">The id of the failure; null for the one of the attempt.</param>
/// <param name="Says">The message in place of the service's own; null where that helps.</param>
/// <param name="Next">What to do next; null for a look at the current state.</param>
/// <param name="Passes">True if it passes by itself, so that the request is sent again for a while.</param>
/// <param name="MeansGone">True if it says that the resource isn't there.</param>
/// <param name="MeansNone">True if it says that the subscription can have no resource of the provider.</param>
/// <param name="OfSubscription">True if every other request of the kind in the subscription is refused too.</param>
internal sealed record ArmCode(
    string Status, string Code, RecoveryErrorId? Id = null, string? Says = null, string? Next = null,
    bool Passes = false, bool MeansGone = false, bool MeansNone = false, bool OfSubscription = false)
{
    /// <summary>The code of a restore where nothing is soft-deleted.</summary>
    public const string NothingToRestore = "CanNotRestoreANonExistingResource";

    // A word that is the value of a parameter is quoted for PowerShell.
    private static readonly Regex Word = new(@"(?<=-\w+ )'\{(?<quoted>\w+)\}'|\{(?<word>\w+)\}");

    /// <summary>The first row that explains an attempt's error.</summary>
    public static ArmCode Of(Attempt attempt, ArmError error) =>
        (error is { Status: 404, SaysThatItIsGone: true } || error.MeansNone ? attempt.Gone : null)
        ?? ArmCodes.Table.First(row => row.Fits(error) && Word.Matches(row.Says + row.Next).Cast<Match>()
            .All(match => Find(match, attempt, error) is not null));

    /// <summary>The id of the failure that an error is, whatever was attempted; null if that says it.</summary>
    public static RecoveryErrorId? IdOf(ArmError error) => ArmCodes.Table.First(row => row.Fits(error)).Id;

    /// <summary>The failure of an attempt that was refused.</summary>
    public RecoveryException Explain(Attempt attempt, string attempted, ArmError error, Exception cause)
    {
        return error.Fail(
            Id ?? attempt.Refused, $"{attempted}: {Fill(Says) ?? error.ToString()}",
            Fill(Next) ?? $"Run {attempt.LookAgain} to see what it is now.", cause);

        string? Fill(string? text) => text is null ? null : Word.Replace(text, match =>
            match.Groups["quoted"].Success
                ? $"'{NextCommand.Quote(Find(match, attempt, error)!)}'"
                : Find(match, attempt, error)!);
    }

    /// <summary>Whether the row stands for an error.</summary>
    public bool Fits(ArmError error) =>
        Status.Zip($"{error.Status}", (wanted, found) => wanted == 'x' || wanted == found).All(isSame => isSame)
        && (Code[0] == '*'
            ? (error.Code ?? "").EndsWith(Code.Substring(1), StringComparison.OrdinalIgnoreCase)
            : Code.Equals(error.Code, StringComparison.OrdinalIgnoreCase));

    // A service's word that has a command line in it isn't repeated: it would be the one to run.
    private static string? Find(Match match, Attempt attempt, ArmError error)
    {
        string name = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["word"].Value;
        return error.Word(name) is { } said && !CommandLine.IsIn(said) ? said : attempt.Word(name);
    }
}
