namespace CogRecover;

/// <summary>A failure that says what to do next.</summary>
/// <param name="errorId">What went wrong.</param>
/// <param name="message">Which account, and what happened to it.</param>
/// <param name="recommendedAction">What to do next: mostly a command to run.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class RecoveryException(
    RecoveryErrorId errorId, string message, string recommendedAction, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public RecoveryErrorId ErrorId { get; } = errorId;

    /// <summary>What to do next: mostly a command to run.</summary>
    public string RecommendedAction { get; } = recommendedAction;

    /// <summary>The PowerShell command line of <see cref="RecommendedAction"/>, which can be run as it is; null if it
    /// has none.</summary>
    public string? NextCommand => CommandLine.In(RecommendedAction);

    /// <summary>The HTTP status that Azure Resource Manager answered with; null if it didn't answer.</summary>
    public int? Status => Response.Status;

    /// <summary>The error code of Azure Resource Manager (<c>ResourceGroupNotFound</c>); null if it gave
    /// none.</summary>
    public string? ServiceErrorCode => Response.ErrorCode;

    /// <summary>The response's <c>x-ms-request-id</c>; null if it had none.</summary>
    public string? RequestId => Response.RequestId;

    /// <summary>The response's <c>x-ms-correlation-request-id</c>; null if it had none.</summary>
    public string? CorrelationRequestId => Response.CorrelationRequestId;

    internal ServiceResponse Response { get; init; }

    /// <summary>Whether what was attempted may be done, or be under way.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    /// <summary>The same failure, with a sentence in front.</summary>
    internal RecoveryException WithPrefix(string sentence) => With($"{sentence}. {Message}", RecommendedAction);

    /// <summary>The same failure in other words, and with another id or cause where one is given.</summary>
    internal RecoveryException With(
        string message, string recommendedAction, RecoveryErrorId? id = null, Exception? cause = null,
        bool isOutcomeUnknown = false) =>
        new(id ?? ErrorId, message, recommendedAction, cause ?? this)
        {
            Response = Response, IsOutcomeUnknown = isOutcomeUnknown || IsOutcomeUnknown,
        };
}

/// <summary>What a failure keeps of the response of Azure Resource Manager; nothing if there was none.</summary>
internal readonly record struct ServiceResponse(
    int? Status, string? ErrorCode = null, string? RequestId = null, string? CorrelationRequestId = null);
