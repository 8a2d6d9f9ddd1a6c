namespace CogRecover.Engine.Tests;

/// <summary>What runs the tests. Mono stands in for .NET Framework where there is none, and isn't the same everywhere.
/// </summary>
internal static class Framework
{
    /// <summary>Whether Mono runs them.</summary>
    public static bool IsMono { get; } = Type.GetType("Mono.Runtime") is not null;

    /// <summary>Skips, on Mono, a test in which a connection breaks after a DELETE.</summary>
    /// <remarks>Mono sends a request without a body again by itself, if the connection was used before. .NET Framework
    /// doesn't: its HttpClientHandler gives each DELETE a length, and its HttpWebRequest sends nothing again that has
    /// one. (Its sources: HttpClientHandler.StartRequest, HttpWebRequest.EndWriteHeaders_Part2,
    /// Connection.PrepareCloseConnectionSocket.)</remarks>
    public static void SkipWhereDeletesAreSentAgain() => Assert.SkipWhen(
        IsMono, "Mono itself sends a DELETE again whose connection breaks; .NET Framework doesn't.");
}
