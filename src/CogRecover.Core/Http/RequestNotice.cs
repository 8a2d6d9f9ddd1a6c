using System.Globalization;

namespace CogRecover.Core.Http;

/// <summary>A request that was sent, and what became of it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Elapsed">From sending it to the answer's headers.</param>
/// <param name="Attempt">Which try it was, from 1 on.</param>
/// <param name="CorrelationId">The answer's <c>x-ms-correlation-request-id</c>; null if it had none.</param>
/// <param name="Details">Headers and bodies, without secrets; null unless they were asked for.</param>
public sealed record RequestNotice(
    string Method, string Path, int? Status, TimeSpan Elapsed, int Attempt, string? CorrelationId, string? Details)
{
    /// <summary>The request in a line.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1}: {2} in {3:0} ms, attempt {4}, correlation {5}",
        Method, Path, Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer", Elapsed.TotalMilliseconds, Attempt,
        CorrelationId ?? "unknown");
}
