using System.ComponentModel;
using System.Management.Automation;

namespace CogRecover.Isolation;

/// <summary>Takes back what the module hung into the process when it is removed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => EngineAssemblies.Release();
}
