namespace CogRecover.Core.Errors;

/// <summary>What Azure Resource Manager says of a request that it refused, or of an operation that failed.</summary>
internal sealed class ArmError
{
    // ARM adds every api-version and region that it has, some fifteen lines of a console.
    private static readonly Regex Lists = new(@"(?<=.) (The supported|List of available) [^']*'[^']*'\.?");

    private readonly ServiceResponse response;
    private readonly string? operationState;
    private readonly string text;
    private readonly ArmWords words;
    private readonly bool isEmpty;

    private ArmError(RequestFailedException refusal)
    {
        Response? raw = refusal.GetRawResponse();
        JsonElement body = Read(raw);
        JsonElement error = ErrorIn(body);
        response = new(
            refusal.Status, error.Said("code") ?? JsonText.Clean(refusal.ErrorCode), Header(raw, "x-ms-request-id"),
            Header(raw, "x-ms-correlation-request-id"));
        operationState = StateOf(body);
        string? message = error.Said("message") ?? error.Said("error_description") ?? error.Said("detail")
            ?? error.Said("title") ?? JsonText.Clean(error.AsText());
        words = new(message ?? "", error);
        text = string.Join(" ", Within(error).Prepend(message).OfType<string>().Distinct()
            .Select(sentence => Lists.Replace(sentence, "").TrimEnd('.') + "."));
        if (text.Length == 0 && Code is null && operationState is null) text = PageText.Of(raw);
        isEmpty = raw is { ContentStream: null or { CanSeek: true, Length: 0 } };
    }

    public int Status => response.Status!.Value;
    public string? Code => response.ErrorCode;

    /// <summary>Whether it isn't a refusal, but the end of an operation that failed or was canceled.</summary>
    public bool OperationHasFailed => Status is >= 200 and < 300 && ProvisioningState.HasFailed(operationState);

    /// <summary>Whether another operation on the account has to settle first.</summary>
    public bool IsConflict => ArmCodes.Table.Any(code => code.Passes && code.Fits(this));

    /// <summary>Whether a 404 means that the resource isn't there, and not that the service doesn't know the type, or
    /// that a proxy answers. The service may say so in an empty response, which has its request ids.</summary>
    public bool SaysThatItIsGone =>
        ArmCodes.Table.Any(code => code.MeansGone && code.Fits(this))
        || (Code is null && isEmpty && (response.RequestId ?? response.CorrelationRequestId) is not null);

    /// <summary>Whether the subscription can have no resource of the provider.</summary>
    public bool MeansNone => ArmCodes.Table.Any(code => code.MeansNone && code.Fits(this));

    public static ArmError Of(RequestFailedException refusal) => new(refusal);

    /// <summary>The state of an operation or a resource that a response tells; null if it tells none.</summary>
    public static string? StateOf(Response? response) => StateOf(Read(response));

    /// <summary>The failure that this is, with the service's own code and ids.</summary>
    public RecoveryException Fail(
        RecoveryErrorId id, string text, string recommendedAction, Exception? cause = null) =>
        new(id, text, recommendedAction, cause) { Response = response };

    /// <summary>What a {word} in the table of codes stands for; null if this error doesn't name it.</summary>
    public string? Word(string name) => name == "status" ? $"{Status}" : words.Find(name);

    /// <summary>The service's words and code, as far as it gave any.</summary>
    public override string ToString()
    {
        string policy = Listed("Policy", words.Policies) + Listed("Field", words.Fields);
        return (text, Code) switch
        {
            ("", null) when operationState is not null => $"the operation ended with state {operationState}.",
            ("", null) => $"the service answered {Status} and gave no reason.",
            ("", _) => $"{Code}.{policy}",
            (_, null) => $"{text} ({Status}){policy}",
            _ => $"{text.TrimEnd('.')} ({Code}).{policy}",
        };
    }

    private static string Listed(string what, IEnumerable<string> names) =>
        names.ToArray() is { Length: > 0 } some ? $" {what}: {string.Join(", ", some)}." : "";

    // ARM wraps an error, in a list sometimes; proxies and older services don't.
    private static JsonElement ErrorIn(JsonElement body)
    {
        JsonElement first = body.Elements().FirstOrDefault();
        if (first.ValueKind != JsonValueKind.Undefined) return ErrorIn(first);
        JsonElement error = body.Member("error");
        return error.ValueKind == JsonValueKind.Object
            || (error.AsText() is not null && body.Said("error_description") is null) ? error : body;
    }

    // Errors nest in details and in innererror.
    private static IEnumerable<string?> Within(JsonElement error) =>
        error.Child("details").Elements().Append(error.Child("innererror"))
            .Where(inner => inner.ValueKind == JsonValueKind.Object)
            .SelectMany(inner => Within(inner).Prepend(inner.Said("message")));

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
            // A proxy's page, or nothing: only the status is left.
            return default;
        }
    }

    private static string? Header(Response? response, string name) =>
        response is not null && response.Headers.TryGetValue(name, out string? value) ? value : null;
}
