namespace CogRecover.Core.Http;

/// <summary>A request that was sent, and its result.</summary>
/// <param name="Path">The path, without the query.</param>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="Elapsed">From the request to the headers of the response.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="CorrelationId">The response's <c>x-ms-correlation-request-id</c>; null if it had none.</param>
/// <param name="Details">Headers and bodies, without secrets; null unless requested.</param>
internal sealed record RequestNotice(
    string Method, string Path, int? Status, TimeSpan Elapsed, int Attempt, string? CorrelationId, string? Details)
{
    /// <summary>The request in one line.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1}: {2} in {3:0} ms, attempt {4}, correlation {5}",
        Method, Path, Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer", Elapsed.TotalMilliseconds, Attempt,
        CorrelationId ?? "unknown");
}
