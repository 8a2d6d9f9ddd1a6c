using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>A purge can't be undone: its question takes nothing but a yes.</summary>
public sealed class PurgeQuestionTests : ModuleTest
{
    private int asked;

    [Fact]
    public void Enter_purges_nothing()
    {
        GivenDeleted("contoso");
        Answer("");
        string[] scripts =
        [
            "Remove-DeletedCognitiveAccount contoso",
            "Remove-DeletedCognitiveAccount contoso -Confirm",
            "Remove-DeletedCognitiveAccount contoso -Force -Confirm",
            "Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount",
            "$ConfirmPreference = 'Low'; Remove-DeletedCognitiveAccount contoso",
        ];

        Assert.All(scripts, script =>
        {
            asked = 0;
            Assert.Empty(Shell.Run(script).ThrowIfFailed().Output);
            Assert.Equal(1, asked);
        });
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("Remove-DeletedCognitiveAccount contoso -Force")]
    [InlineData("Remove-DeletedCognitiveAccount contoso -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Remove-DeletedCognitiveAccount contoso")]
    public void What_answers_the_question_beforehand_answers_it(string script)
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run(script).ThrowIfFailed();

        Assert.Single(Writes);
        Assert.Equal(
            "Purged account 'contoso' (OpenAI) in resource group 'rg-ai', location 'westus2'. It is gone for good; its name "
            + "and model quota are free.",
            Assert.Single(result.Information).ToString());
        Assert.DoesNotContain("Purged", Screen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes", 3, 3)]
    [InlineData("Yes to All", 1, 3)]
    [InlineData("No", 3, 0)]
    [InlineData("No to All", 1, 0)]
    public void Each_account_is_asked_for_until_all_are_answered(string answer, int questions, int purges)
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        Answer(answer);

        Shell.Run("Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.Equal(questions, asked);
        Assert.Equal(purges, Writes.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -AsJob | Receive-Job -Wait")]
    public void After_a_yes_a_line_says_what_is_gone_and_the_output_stays_clean(string job)
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", kind: "SpeechServices");
        Answer("Yes");

        ShellResult result = Shell.Run("Remove-DeletedCognitiveAccount contoso" + job).ThrowIfFailed();

        Assert.Empty(result.Output);
        InformationRecord told = Assert.Single(result.Information);
        Assert.Equal(
            "Purged account 'contoso' (SpeechServices) in resource group 'rg-ai', location 'eastus'. It is gone for good; "
            + "its name is free.",
            told.ToString());
        Assert.Contains("PSHOST", told.Tags);
    }

    [Theory]
    [InlineData("", "Give -Confirm:$false or -Force.")]
    [InlineData("-Force -Confirm", "Give -Confirm:$false in place of -Confirm.")]
    public void Where_nobody_can_be_asked_the_advice_is_what_helps(string parameters, string advice)
    {
        GivenDeleted("contoso");
        ShellResult result = Shell.Run($"Remove-DeletedCognitiveAccount contoso {parameters}");

        Assert.Equal(advice, Assert.Single(result.Errors).ErrorDetails.RecommendedAction);
        Assert.Empty(Writes);
    }

    [Fact]
    public void What_was_replaced_isnt_asked_about()
    {
        GivenDeleted("contoso");
        Shell.Run("$account = Get-DeletedCognitiveAccount").ThrowIfFailed();
        GivenDeleted("contoso");
        Answer("Yes");

        ShellResult result = Shell.Run(
            "$account | Remove-DeletedCognitiveAccount -WhatIf; $account | Remove-DeletedCognitiveAccount");

        Assert.Equal(
            [$"DeletedAccountNotFound,{RemoveClass}", $"DeletedAccountNotFound,{RemoveClass}"],
            result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.DoesNotContain("What if", Screen.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, asked);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData(null, "keys, endpoint, data and any model deployments", "name becomes")]
    [InlineData("AIServices", "keys, endpoint, model deployments and data", "name and model quota become")]
    [InlineData("Face", "keys, endpoint and data", "name becomes")]
    public void The_question_names_what_the_account_has(string? kind, string lost, string free)
    {
        GivenDeleted("contoso");
        Arm.Faults.Set(new Sandbox.Arm.Faults.Fault
        {
            Kind = Sandbox.Arm.Faults.FaultKind.Edit, Method = "GET", Path = "/deletedAccounts/",
            Edits = { ["/kind"] = kind },
        });
        string question = "";
        Shell.Ui.Answer = (text, _) =>
        {
            question = text;
            return -1;
        };

        Shell.Run($"Remove-DeletedCognitiveAccount -ResourceId '{DeletedId("contoso")}'").ThrowIfFailed();

        Assert.EndsWith($"Its {lost} are lost for good; the account can't be restored any more. Its {free} "
            + "free for others. Purge it?", question, StringComparison.Ordinal);
    }

    private void Answer(string label) => Shell.Ui.Answer = (_, labels) =>
    {
        asked++;
        return labels.ToList().IndexOf(label);
    };
}
