namespace CogRecover.Isolation;

/// <summary>Lets the engine be found from the import of the module on, and until it is removed.</summary>
/// <remarks>Each import adds the handler once more, and each removal takes one away: the event itself counts.
/// PowerShell calls <see cref="OnImport"/> before it looks at a cmdlet, for which it loads the public types: no public
/// type may have a base, an interface or a field of a value type of the engine's.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        EngineAssemblies.AddHandler();

        // Loads the output types, so that a script can name them before the first command runs.
        GC.KeepAlive(typeof(DeletedCognitiveAccount));
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => EngineAssemblies.RemoveHandler();
}
