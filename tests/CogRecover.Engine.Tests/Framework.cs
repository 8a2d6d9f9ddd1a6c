#if NETFRAMEWORK
using Azure.Core;
#endif
using Azure.Core.Pipeline;

namespace CogRecover.Engine.Tests;

/// <summary>What runs the tests. Mono stands in for .NET Framework where there is none, and isn't the same everywhere.
/// </summary>
internal static class Framework
{
    /// <summary>Whether Mono runs them.</summary>
    public static bool IsMono { get; } = Type.GetType("Mono.Runtime") is not null;

    /// <summary>Skips, on Mono, a test in which the connection ends before a body has the length that was said.</summary>
    /// <remarks>Mono takes it for the end of the body. .NET Framework throws an IOException. (Its source:
    /// ConnectStream.EndReadWithoutValidation.)</remarks>
    public static void SkipWhereABodyMayEndEarly() => Assert.SkipWhen(
        IsMono, "Mono takes the end of a connection for that of the body; .NET Framework doesn't.");

    /// <summary>What the engine sends its requests with over https; null: the same as here.</summary>
    /// <remarks>To loopback the engine itself sends with HttpClient on both frameworks.</remarks>
    public static HttpPipelineTransport? Transport { get; } =
#if NETFRAMEWORK
        ClientOptions.Default.Transport;
#else
        null;
#endif
}
