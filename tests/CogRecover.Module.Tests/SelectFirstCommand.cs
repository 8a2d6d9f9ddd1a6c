using System.Management.Automation;

namespace CogRecover.Module.Tests;

/// <summary><c>Select-Object -First 1</c>, which doesn't come with the engine: it stops what is upstream the same way.
/// </summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : Cmdlet
{
    private static readonly Type Stop =
        typeof(Cmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", true)!;

    private bool hasOne;

    /// <summary>What comes down the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!hasOne) WriteObject(InputObject);
        hasOne = true;
        throw (Exception)Activator.CreateInstance(Stop, this)!;
    }
}
