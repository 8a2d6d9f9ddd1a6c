using System.ComponentModel;
using System.Management.Automation;

namespace CogRecover.Isolation;

/// <summary>
/// Takes back what the module hung into the process once the last runspace that imported it has removed it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static int imports;

    /// <inheritdoc/>
    public void OnImport() => Interlocked.Increment(ref imports);

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Interlocked.Decrement(ref imports) == 0) EngineAssemblies.Release();
    }
}
