using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace CogRecover.Isolation;

/// <summary>Resolves the engine and everything under it from the module's own folder. In PowerShell 7 they load into a
/// context of their own, so that Az's version of Azure.Core and the module's live side by side. Windows PowerShell has
/// no such contexts: there the handler answers only what the module's own assemblies ask for.</summary>
/// <remarks>What is resolved once stays bound, so it is safe to remove the handler at any time.</remarks>
internal static class EngineAssemblies
{
    // The engine ships beside this assembly. The base of a module would be another's where this one is nested in it.
    private static readonly string Folder = Path.GetDirectoryName(typeof(EngineAssemblies).Assembly.Location) ?? "";

#if NET
    private static readonly EngineContext Engine = new();

    public static void AddHandler() => AssemblyLoadContext.Default.Resolving += OnResolving;

    public static void RemoveHandler() => AssemblyLoadContext.Default.Resolving -= OnResolving;

    private static Assembly? OnResolving(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "CogRecover.Core" ? Engine.LoadOwn(name) : null;

    private sealed class EngineContext() : AssemblyLoadContext("CogRecover")
    {
        /// <summary>Loads what ships with the module; null if it doesn't, or is gone.</summary>
        public Assembly? LoadOwn(AssemblyName name)
        {
            string path = Path.Combine(Folder, name.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        // The types that both sides and the user's scripts speak of exist once, in the default context.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name is "CogRecover" or "CogRecover.Model" ? null : LoadOwn(assemblyName);
    }
#else
    // What some assembly of the module asks for in another version than ships. .NET Framework finds the rest by itself,
    // beside whoever asks.
    private static readonly HashSet<string> Redirected = new(StringComparer.OrdinalIgnoreCase)
    {
        "Azure.Core", "Microsoft.Bcl.AsyncInterfaces", "Microsoft.Extensions.Logging.Abstractions", "System.Buffers",
        "System.Diagnostics.DiagnosticSource", "System.Memory", "System.Memory.Data",
        "System.Runtime.CompilerServices.Unsafe", "System.Text.Json", "System.Threading.Tasks.Extensions",
    };

    // Az.Accounts is there before this module, and its handler answers whoever asks with its own assemblies: asked
    // first, it would give Azure.ResourceManager another Azure.Core than the engine's. An assembly that is loaded
    // already doesn't help, as another version of it is asked for. The event asks its handlers in the order of its
    // delegate, and only this field of .NET Framework, which changes no more, lets one come first.
    public static void AddHandler()
    {
        AppDomain domain = AppDomain.CurrentDomain;
        ResolveEventHandler own = OnAssemblyResolve;
        FieldInfo? handlers = typeof(AppDomain).GetField(
            "_AssemblyResolve", BindingFlags.Instance | BindingFlags.NonPublic);
        if (handlers is null)
        {
            domain.AssemblyResolve += own;
            return;
        }

        // The event's own lock.
        lock (domain) handlers.SetValue(domain, Delegate.Combine(own, (Delegate?)handlers.GetValue(domain)));
    }

    public static void RemoveHandler() => AppDomain.CurrentDomain.AssemblyResolve -= OnAssemblyResolve;

    private static Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs request)
    {
        string? name = new AssemblyName(request.Name).Name;
        if (name is null || !Redirected.Contains(name)) return null;
        bool asksForItself = request.RequestingAssembly is { IsDynamic: false } asking
            && string.Equals(Path.GetDirectoryName(asking.Location), Folder, StringComparison.OrdinalIgnoreCase);
        return asksForItself ? Assembly.LoadFrom(Path.Combine(Folder, name + ".dll")) : null;
    }
#endif
}
