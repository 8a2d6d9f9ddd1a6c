namespace CogRecover.Module.Tests.Pipeline;

/// <summary>What a command shows stands in the order in which it happened.</summary>
public sealed class EventOrderTests : ModuleTest
{
    [Fact]
    public void What_happened_before_a_row_of_input_is_shown_before_what_the_row_brings()
    {
        GivenDeleted("contoso-one");
        using var asked = new ManualResetEventSlim();
        Arm.Intercept = context =>
        {
            context.Response.OnCompleted(() =>
            {
                asked.Set();
                return Task.CompletedTask;
            });
            return Task.FromResult(false);
        };
        Set("asked", asked);

        // What is read next comes half a second after the first request was answered.
        string[] shown = Shown("""
            & { 'contoso-one'; $asked.Wait(); [System.Threading.Thread]::Sleep(500); ' ' } |
                Test-CognitiveAccountRestore -Verbose 4>&1 2>&1
            """);

        int blank = Array.FindIndex(shown, line => line.StartsWith("A blank name", StringComparison.Ordinal));
        int request = Array.FindIndex(shown, line => line.StartsWith("GET ", StringComparison.Ordinal));
        Assert.InRange(request, 0, blank - 1);
    }

    [Fact]
    public void An_event_isnt_overtaken_where_more_are_queued_than_the_pipeline_takes()
    {
        GivenDeleted("contoso-one");
        using var answered = new ManualResetEventSlim();
        Arm.Intercept = context =>
        {
            context.Response.OnCompleted(() =>
            {
                answered.Set();
                return Task.CompletedTask;
            });
            return Task.FromResult(false);
        };
        Set("answered", answered);

        // Three hundred fail at once. The pipeline takes the first when the request after them was answered.
        string[] shown = Shown($$"""
            $ids = @(1..300 | ForEach-Object { "/no/id/$_" }) + '{{DeletedId("contoso-one")}}'
            Get-DeletedCognitiveAccount -ResourceId $ids -ThrottleLimit 256 -Verbose 4>&1 2>&1 | & { process {
                if (-not $waited) { $waited = $answered.Wait(20000); [System.Threading.Thread]::Sleep(500) }
                $_
            } }
            """);

        int request = Array.FindIndex(shown, line => line.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Equal(300, request);
    }

    private void Set(string name, object value)
    {
        using System.Management.Automation.PowerShell shell = Shell.Create("");
        shell.Runspace.SessionStateProxy.SetVariable(name, value);
    }

    private string[] Shown(string script) => [.. Shell.Run(script).Output.Select(shown => $"{shown}")];
}
