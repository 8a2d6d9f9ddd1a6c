using System.Reflection;

namespace CogRecover.Engine.Tests;

/// <summary>What the build has told this assembly.</summary>
internal static class TestMetadata
{
    public static string Of(string key) => typeof(TestMetadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
