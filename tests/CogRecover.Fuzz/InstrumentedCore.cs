using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using SharpFuzz;

namespace CogRecover.Fuzz;

/// <summary>The engine, with a counter at each branch.</summary>
internal static class InstrumentedCore
{
    /// <summary>Makes the engine that is loaded from now on the instrumented one.</summary>
    public static void Use()
    {
        string copy = Path.Combine(Path.GetTempPath(), $"CogRecover.Fuzz.{Environment.ProcessId}.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "target", "CogRecover.Core.dll"), copy, overwrite: true);
        // Options have no public constructor; without a value each is off, as it should be.
        Fuzzer.Instrument(copy, _ => true, (Options)RuntimeHelpers.GetUninitializedObject(typeof(Options)));
        byte[] instrumented = File.ReadAllBytes(copy);
        File.Delete(copy);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "CogRecover.Core" ? context.LoadFromStream(new MemoryStream(instrumented)) : null;
    }
}
