using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace CogRecover.Isolation;

/// <summary>
/// Resolves the engine and everything under it from the module's own folder. In PowerShell 7 they load into a context of
/// their own, so that Az's version of Azure.Core and the module's live side by side; in Windows PowerShell, which has no
/// such contexts, only what the module's own assemblies ask for is answered.
/// </summary>
/// <remarks>
/// The folder is handed in by the first command that runs, so that an import loads nothing. The engine stays bound once
/// it is resolved: letting go of the event, and taking it again after another import, is safe at any time.
/// </remarks>
internal static class EngineAssemblies
{
    private static readonly object Gate = new();
    private static string? folder;

    /// <summary>Starts answering. Does nothing where that is so already.</summary>
    /// <param name="moduleBase">The folder of the module's manifest.</param>
    public static void Resolve(string moduleBase)
    {
        lock (Gate)
        {
            if (folder is not null) return;
            folder = Path.Combine(moduleBase, "bin", Framework);
#if NET
            engine ??= new EngineContext(folder);
            AssemblyLoadContext.Default.Resolving += OnResolving;
#else
            AppDomain.CurrentDomain.AssemblyResolve += OnAssemblyResolve;
#endif
        }
    }

    /// <summary>Stops answering.</summary>
    public static void Release()
    {
        lock (Gate)
        {
            if (folder is null) return;
            folder = null;
#if NET
            AssemblyLoadContext.Default.Resolving -= OnResolving;
#else
            AppDomain.CurrentDomain.AssemblyResolve -= OnAssemblyResolve;
#endif
        }
    }

#if NET
    private const string Framework = "net8.0";
    private static EngineContext? engine;

    private static Assembly? OnResolving(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "CogRecover.Core" ? engine?.LoadFromAssemblyName(name) : null;

    private sealed class EngineContext(string folder) : AssemblyLoadContext("CogRecover")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The types that both sides and the user's scripts speak of exist once, in the default context.
            if (assemblyName.Name is "CogRecover" or "CogRecover.Model") return null;
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    private const string Framework = "net472";

    // What has to be redirected to the one version that ships. The rest binds by itself.
    private static readonly HashSet<string> Redirected = new(StringComparer.OrdinalIgnoreCase)
    {
        "Azure.Core", "Azure.ResourceManager", "CogRecover.Core", "CogRecover.Model", "Microsoft.Bcl.AsyncInterfaces",
        "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        "System.Buffers", "System.ClientModel", "System.Diagnostics.DiagnosticSource", "System.Memory",
        "System.Memory.Data", "System.Numerics.Vectors", "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encodings.Web", "System.Text.Json", "System.Threading.Tasks.Extensions", "System.ValueTuple",
    };

    private static Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs request)
    {
        string? name = new AssemblyName(request.Name).Name;
        if (folder is not { } own || name is null || !Redirected.Contains(name)) return null;
        bool asksForItself = request.RequestingAssembly is { IsDynamic: false } asking
            && string.Equals(Path.GetDirectoryName(asking.Location), own, StringComparison.OrdinalIgnoreCase);
        return asksForItself ? Assembly.LoadFrom(Path.Combine(own, name + ".dll")) : null;
    }
#endif
}
