using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

/// <summary>What a command writes has the name of its subscription.</summary>
public sealed class SubscriptionNameTests : ModuleTest
{
    private const string Other = "7c1f8a44-0000-4000-8000-00000000000a";

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount contoso", "Sandbox")]
    [InlineData("Test-CognitiveAccountRestore contoso", "Sandbox")]
    [InlineData("Restore-CognitiveAccount contoso", "Sandbox")]
    [InlineData("Remove-DeletedCognitiveAccount contoso -Force -PassThru", "Sandbox")]
    [InlineData("Get-DeletedCognitiveAccount other -AllSubscriptions", "Contoso Research")]
    [InlineData("Get-DeletedCognitiveAccount other -AllSubscriptions | Restore-CognitiveAccount", "Contoso Research")]
    public void It_is_that_of_the_context_or_of_the_list_of_subscriptions(string script, string name)
    {
        GivenDeleted("contoso");
        Arm.State.AddSubscription(Other, "Contoso Research");
        Arm.State.AddDeletedAccount("other", "rg-ai", subscriptionId: Other);

        ShellResult result = Shell.Run(script).ThrowIfFailed();

        Assert.Equal(name, $"{Assert.Single(result.Output).Properties["SubscriptionName"].Value}");
    }

    [Fact]
    public void Tab_shows_it_beside_the_id()
    {
        Arm.State.AddSubscription(Other, "Contoso Research");
        Arm.State.AddDeletedAccount("other", "rg-ai", subscriptionId: Other);

        ShellResult result = Shell.Run("""
            $line = 'Get-DeletedCognitiveAccount -SubscriptionId '
            ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches.ToolTip
            """).ThrowIfFailed();

        Assert.Equal(["Contoso Research: 1 deleted account"], result.Output.Select(tip => tip.ToString()));
    }
}
