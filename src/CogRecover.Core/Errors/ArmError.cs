using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using CogRecover.Core.Json;
using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>What Azure Resource Manager said of a request that it refused, or of an operation that failed.</summary>
internal sealed record ArmError
{
    /// <summary>The code that answers a restore where nothing is soft-deleted.</summary>
    public const string NothingToRestore = "CanNotRestoreANonExistingResource";

    private static readonly Regex LockedScope = new(@"scope\(s\) are locked: (?<scopes>.*?)\. Please");
    private static readonly Regex Version = new(@"\d{4}-\d{2}-\d{2}(-[a-z]+)?");

    private ArmError(RequestFailedException refusal, JsonElement body)
    {
        JsonElement error = body.Child("error");
        Status = refusal.Status;
        Code = error.Text("code") ?? refusal.ErrorCode;
        OperationState = StateOf(body);
        Message = error.Text("message");
        Details = [.. Within(error)];
        Policies = [.. error.Child("additionalInfo").Elements().Select(info => info.Child("info"))
            .Select(info => info.Text("policyAssignmentDisplayName") ?? info.Text("policyAssignmentName"))
            .OfType<string>().Distinct()];
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The error code; null if there was none.</summary>
    public string? Code { get; }

    /// <summary>The state of the operation or resource that was asked for; null if the answer has none.</summary>
    public string? OperationState { get; }

    /// <summary>Whether that state is one that an operation ends badly in.</summary>
    public bool OperationHasFailed => ProvisioningState.HasFailed(OperationState);

    /// <summary>The service's words; null if there were none.</summary>
    public string? Message { get; }

    /// <summary>The words of the errors within.</summary>
    public IReadOnlyList<string> Details { get; }

    /// <summary>The names of the policy assignments that forbid the request.</summary>
    public IReadOnlyList<string> Policies { get; }

    /// <summary>Whether the answer had no body.</summary>
    private bool IsEmpty { get; init; }

    /// <summary>The answer's <c>x-ms-request-id</c>.</summary>
    public string? RequestId { get; private init; }

    /// <summary>The answer's <c>x-ms-correlation-request-id</c>.</summary>
    public string? CorrelationRequestId { get; private init; }

    /// <summary>Whether another operation on the account has to settle first.</summary>
    public bool IsConflict => ArmCode.IsPassing(this);

    /// <summary>
    /// Whether a 404 means that the thing isn't there, not that the service doesn't know such things, nor that a proxy
    /// answers. The service may say so in an empty answer: its request ids show that it is the service's.
    /// </summary>
    public bool SaysThatItIsGone =>
        Code is "ResourceNotFound" or "ResourceGroupNotFound" or "ParentResourceNotFound" or "NotFound"
        || (Code is null && IsEmpty && (RequestId ?? CorrelationRequestId) is not null);

    /// <summary>The scopes whose locks forbid the request, as the service quotes them; null if it named none.</summary>
    public string? LockedScopes =>
        LockedScope.Match(Message ?? "") is { Success: true } match ? match.Groups["scopes"].Value : null;

    /// <summary>The newest api-version that the service says it supports, a stable one if there is any.</summary>
    public string? NewestVersion
    {
        get
        {
            string message = Message ?? "";
            int list = message.IndexOf("supported", StringComparison.OrdinalIgnoreCase);
            string[] versions =
            [
                .. Version.Matches(list < 0 ? "" : message.Substring(list)).Cast<Match>().Select(match => match.Value),
            ];
            return versions.Where(version => version.Length == 10).DefaultIfEmpty(versions.Max()).Max();
        }
    }

    public static ArmError Of(RequestFailedException refusal)
    {
        Response? response = refusal.GetRawResponse();
        return new(refusal, Read(response))
        {
            IsEmpty = response is { ContentStream: null or { CanSeek: true, Length: 0 } },
            RequestId = Header(response, "x-ms-request-id"),
            CorrelationRequestId = Header(response, "x-ms-correlation-request-id"),
        };
    }

    /// <summary>The failure that this is, with the service's own code and ids.</summary>
    public RecoveryException Fail(
        RecoveryErrorId id, string message, string recommendedAction, Exception? cause = null) =>
        new(id, message, recommendedAction, cause)
        {
            Status = Status,
            ServiceErrorCode = Code,
            RequestId = RequestId,
            CorrelationRequestId = CorrelationRequestId,
        };

    /// <summary>The state of an operation or a resource that an answer tells; null if it tells none.</summary>
    public static string? StateOf(Response? answer) => StateOf(Read(answer));

    /// <summary>The service's words and code, as far as it gave any.</summary>
    public override string ToString()
    {
        string words = string.Join(" ", new[] { Message }.Concat(Details).OfType<string>().Distinct()
            .Select(text => WithoutLists(text).TrimEnd('.') + "."));
        string policies = Policies.Count == 0 ? "" : $" Policy: {string.Join(", ", Policies)}.";
        return (words, Code) switch
        {
            ("", null) when OperationState is not null => $"the operation ended {OperationState}.",
            ("", null) => $"the service answered {Status} and gave no reason.",
            ("", _) => $"{Code}.{policies}",
            (_, null) => words + policies,
            _ => $"{words.TrimEnd('.')} ({Code}).{policies}",
        };
    }

    // ARM adds every api-version and region that it has, some fifteen lines of a console.
    private static string WithoutLists(string text) =>
        text.IndexOf(" The supported ", StringComparison.Ordinal) is > 0 and int list ? text.Substring(0, list) : text;

    // Errors nest, in details and in innererror, as deep as the parser lets them.
    private static IEnumerable<string> Within(JsonElement error)
    {
        foreach (JsonElement inner in error.Child("details").Elements().Append(error.Child("innererror")))
        {
            if (inner.ValueKind != JsonValueKind.Object) continue;
            if (inner.Text("message") is { } message) yield return message;
            foreach (string deeper in Within(inner)) yield return deeper;
        }
    }

    private static string? StateOf(JsonElement body) =>
        body.Text("status") ?? body.Child("properties").Text("provisioningState");

    private static JsonElement Read(Response? response)
    {
        if (response?.ContentStream is null) return default;
        try
        {
            using var body = JsonDocument.Parse(response.Content);
            return body.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy's page, or nothing: the status alone has to speak.
            return default;
        }
    }

    private static string? Header(Response? response, string name) =>
        response is not null && response.Headers.TryGetValue(name, out string? value) ? value : null;
}
