using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(CogRecover.Engine.Tests.StagedEngine))]

namespace CogRecover.Engine.Tests;

/// <summary>Loads the engine from the staged module, by the module's own loader, and nothing of it from elsewhere.
/// </summary>
public sealed class StagedEngine : ITestPipelineStartup
{
    /// <summary>The folder of the part of the module that this framework loads.</summary>
    internal static string Folder { get; } = Path.GetFullPath(TestMetadata.Of("Staged"));

    public ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        // What PowerShell does at an import: the cmdlets' assembly first, and its handler.
        AppDomain.CurrentDomain.AssemblyResolve += OnAssemblyResolve;
        Type isolation = Assembly.LoadFrom(Path.Combine(Folder, "CogRecover.dll"))
            .GetType("CogRecover.Isolation.EngineAssemblies", throwOnError: true)!;
        isolation.GetMethod("AddHandler")!.Invoke(null, null);
        return default;
    }

    public ValueTask StopAsync() => default;

    // In PowerShell the cmdlets ask, and find it beside them. Here the tests ask, from another folder.
    private static Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly != typeof(StagedEngine).Assembly) return null;
        var name = new AssemblyName(request.Name);
        string path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) ? Load(name, path) : null;
    }

#if NET
    // The types of Azure's that tests speak of are those that the engine speaks of.
    private static Assembly Load(AssemblyName name, string path) => name.Name is "CogRecover" or "CogRecover.Model"
        ? Assembly.LoadFrom(path)
        : AssemblyLoadContext.GetLoadContext(typeof(AccountRecovery).Assembly)!.LoadFromAssemblyName(name);
#else
    private static Assembly Load(AssemblyName name, string path) => Assembly.LoadFrom(path);
#endif
}
