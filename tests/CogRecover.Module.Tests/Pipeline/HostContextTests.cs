using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Pipeline;

/// <summary>A host with windows has a context that runs what is posted to it on its own thread, once that is free. While
/// a command runs there, it isn't.</summary>
public sealed class HostContextTests : ModuleTest
{
    [Fact]
    public async Task Commands_end_on_a_thread_that_runs_nothing_else_meanwhile()
    {
        GivenDeleted("contoso-openai", "contoso-speech");
        using var taken = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        ShellResult result = await Task.Run(() => Shell.Run($"""
            [Threading.SynchronizationContext]::SetSynchronizationContext([{typeof(BusyContext).FullName}]::new())
            Get-DeletedCognitiveAccount contoso-speech | Test-CognitiveAccountRestore
            Get-DeletedCognitiveAccount contoso-openai | Restore-CognitiveAccount
            Remove-DeletedCognitiveAccount contoso-speech -Force -PassThru
            [Threading.SynchronizationContext]::Current.Posted
            """), taken.Token).WaitAsync(taken.Token);

        Assert.Empty(result.ThrowIfFailed().Errors);
        Assert.Equal(
            ["contoso-speech", "contoso-openai", "contoso-speech", "0"],
            result.Output.Select((written, index) => index == 3 ? $"{written}" : $"{written.Properties["Name"].Value}"));
    }
}

/// <summary>A context that is busy for good.</summary>
public sealed class BusyContext : SynchronizationContext
{
    private int posted;

    public int Posted => posted;

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref posted);
}
