using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace CogRecover.Isolation;

/// <summary>
/// Resolves the engine and everything under it from the module's own folder. In PowerShell 7 they load into a context
/// of their own, so that Az's version of Azure.Core and the module's live side by side; in Windows PowerShell, which
/// has no such contexts, only what the module's own assemblies ask for is answered.
/// </summary>
/// <remarks>
/// The folder is that of this very assembly, which the engine ships beside: a module's base would be another's where
/// this one is nested in it. The engine stays bound once it is resolved: letting go of the event, and taking it again
/// after another import, is safe at any time.
/// </remarks>
internal static class EngineAssemblies
{
    private static readonly object Gate = new();
    private static readonly string Folder = Path.GetDirectoryName(typeof(EngineAssemblies).Assembly.Location) ?? "";
    private static bool isResolving;

    /// <summary>Starts answering. Does nothing where that is so already.</summary>
    public static void Resolve()
    {
        lock (Gate)
        {
            if (isResolving) return;
            isResolving = true;
#if NET
            AssemblyLoadContext.Default.Resolving += OnResolving;
#else
            AnswerFirst();
#endif
        }
    }

    /// <summary>Stops answering.</summary>
    public static void Release()
    {
        lock (Gate)
        {
            if (!isResolving) return;
            isResolving = false;
#if NET
            AssemblyLoadContext.Default.Resolving -= OnResolving;
#else
            AppDomain.CurrentDomain.AssemblyResolve -= OnAssemblyResolve;
#endif
        }
    }

#if NET
    private static readonly EngineContext Engine = new();

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
    // What some assembly of the module asks for in another version than ships, and nothing else: the rest binds by
    // itself, as .NET Framework looks beside whoever asks.
    private static readonly HashSet<string> Redirected = new(StringComparer.OrdinalIgnoreCase)
    {
        "Azure.Core", "Microsoft.Bcl.AsyncInterfaces", "Microsoft.Extensions.Logging.Abstractions", "System.Buffers",
        "System.Diagnostics.DiagnosticSource", "System.Memory", "System.Memory.Data",
        "System.Runtime.CompilerServices.Unsafe", "System.Text.Json", "System.Threading.Tasks.Extensions",
    };

    // Az.Accounts answers with its own assemblies whoever asks, and it is there before this module: asked first, it
    // would give Azure.ResourceManager an Azure.Core that the rest of the module doesn't have. The event knows no
    // order but that of its delegate. The field is .NET Framework's, which changes no more.
    private static void AnswerFirst()
    {
        AppDomain domain = AppDomain.CurrentDomain;
        FieldInfo? handlers = typeof(AppDomain).GetField(
            "_AssemblyResolve", BindingFlags.Instance | BindingFlags.NonPublic);
        if (handlers is null)
        {
            domain.AssemblyResolve += OnAssemblyResolve;
            return;
        }

        // The event's own lock.
        lock (domain)
        {
            ResolveEventHandler first = OnAssemblyResolve;
            handlers.SetValue(domain, Delegate.Combine(first, (Delegate?)handlers.GetValue(domain)));
        }
    }

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
