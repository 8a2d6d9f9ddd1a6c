using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Pipeline;

/// <summary>The context of a host with windows runs what is posted to it on its own thread, once that is free. A command
/// that posted anything would wait for itself.</summary>
public sealed class HostContextTests : ModuleTest
{
    [Fact]
    public void No_command_posts_anything_to_the_context_of_the_host()
    {
        GivenDeleted("contoso-openai", "contoso-speech");

        ShellResult result = Shell.Run($"""
            [Threading.SynchronizationContext]::SetSynchronizationContext([{typeof(CountingContext).FullName}]::new())
            Get-DeletedCognitiveAccount contoso-speech | Test-CognitiveAccountRestore
            Get-DeletedCognitiveAccount contoso-openai | Restore-CognitiveAccount
            Remove-DeletedCognitiveAccount contoso-speech -Force -PassThru
            [Threading.SynchronizationContext]::Current.Posted
            """);

        Assert.Empty(result.ThrowIfFailed().Errors);
        Assert.Equal(
            ["contoso-speech", "contoso-openai", "contoso-speech", "0"],
            result.Output.Select((written, index) => index == 3 ? $"{written}" : $"{written.Properties["Name"].Value}"));
    }
}

/// <summary>Counts what is posted, and lets it run: a test that fails ends too.</summary>
public sealed class CountingContext : SynchronizationContext
{
    private int posted;

    public int Posted => posted;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref posted);
        base.Post(d, state);
    }
}
