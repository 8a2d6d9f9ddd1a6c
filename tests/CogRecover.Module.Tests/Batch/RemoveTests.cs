using System.Management.Automation;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

public sealed class RemoveTests : ModuleTest
{
    private bool IsGone => !Arm.State.HasDeletedAccount("contoso-openai", "rg-ai");

    [Fact]
    public void An_account_is_purged_by_every_way_in_without_a_question_and_without_output()
    {
        string[] scripts =
        [
            "Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force",
            "Remove-DeletedCognitiveAccount contoso-openai rg-ai -Force",
            "Remove-DeletedCognitiveAccount contoso-openai -Confirm:$false",
            "Remove-DeletedCognitiveAccount contoso-openai rg-ai -Location westus2 -Force",
            "Remove-DeletedCognitiveAccount -ResourceId (Get-DeletedCognitiveAccount).ResourceId -Force",
            "Remove-DeletedCognitiveAccount -ResourceId (Get-DeletedCognitiveAccount).AccountId -Force",
        ];

        Assert.All(scripts, script =>
        {
            GivenDeleted("contoso-openai");
            Arm.ClearRequests();

            ShellResult result = Shell.Run(script).ThrowIfFailed();

            Assert.Empty(result.Output);
            Assert.True(IsGone);
            ArmRequest write = Assert.Single(Writes);
            Assert.Equal("DELETE", write.Method);
            Assert.EndsWith("/locations/westus2/resourceGroups/rg-ai/deletedAccounts/contoso-openai", write.Path,
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_purge_asks_and_says_what_goes_with_the_account()
    {
        Arm.State.AddDeletedAccount(
            "contoso-openai", "rg-ai", configure: account => account.CustomSubDomainName = "contoso-gpt");
        string question = "";
        Shell.Ui.Answer = (asked, _) =>
        {
            question = asked;
            return 0;
        };

        Shell.Run("Remove-DeletedCognitiveAccount contoso-openai").ThrowIfFailed();

        Assert.Contains("Permanently purge account 'contoso-openai' (OpenAI) in resource group 'rg-ai', "
            + "location 'eastus', deleted 20",
            question, StringComparison.Ordinal);
        Assert.Contains("Its keys, endpoint, model deployments and data are lost for good; the account can't be restored "
            + "any more. Its name, subdomain 'contoso-gpt' and model quota become free for others. Purge it?", question,
            StringComparison.Ordinal);
        Assert.True(IsGone);
    }

    [Fact]
    public void Questions_come_in_the_order_of_the_input()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"account-{i}")];
        GivenDeleted(names);
        List<string> asked = [];
        Shell.Ui.Answer = (question, labels) =>
        {
            asked.Add(question.Split('\'')[1]);
            return labels.ToList().IndexOf("No");
        };

        Shell.Run($"Remove-DeletedCognitiveAccount {string.Join(',', names)}").ThrowIfFailed();

        Assert.Equal(names, asked);
    }

    [Fact]
    public void An_account_that_isnt_found_lets_nobody_pass_whose_question_comes_later()
    {
        GivenDeleted("account-1", "account-3");
        List<string> asked = [];
        Shell.Ui.Answer = (question, labels) =>
        {
            asked.Add(question.Split('\'')[1]);
            return labels.ToList().IndexOf("No");
        };
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/account-1", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
            return false;
        };
        string ids = string.Join(',', Enumerable.Range(1, 3).Select(i => $"'{DeletedId($"account-{i}")}'"));

        Shell.Run($"Remove-DeletedCognitiveAccount -ResourceId {ids}").ThrowIfFailed();

        Assert.Equal(["account-1", "account-3"], asked);
    }

    [Fact]
    public void A_no_purges_nothing()
    {
        GivenDeleted("contoso-openai");
        Shell.Ui.Answer = (_, labels) => labels.ToList().IndexOf("No");

        Shell.Run("Remove-DeletedCognitiveAccount contoso-openai").ThrowIfFailed();

        Assert.Empty(Writes);
    }

    [Fact]
    public void Nobody_to_answer_purges_nothing()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("Remove-DeletedCognitiveAccount contoso-openai");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("'contoso-openai'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-WhatIf -Force")]
    [InlineData("-WhatIf -Confirm:$false")]
    public void WhatIf_purges_nothing_whatever_else_is_given(string switches)
    {
        GivenDeleted("contoso-openai");

        Shell.Show($"Remove-DeletedCognitiveAccount contoso-openai {switches}");

        Assert.Contains("What if: Permanently purge account 'contoso-openai'", Screen.ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Writes);
        Assert.False(IsGone);
    }

    [Fact]
    public void A_WhatIfPreference_holds_with_Force_too()
    {
        GivenDeleted("contoso-openai");

        Shell.Run("$WhatIfPreference = $true; Remove-DeletedCognitiveAccount contoso-openai -Force").ThrowIfFailed();

        Assert.Empty(Writes);
    }

    [Fact]
    public void An_explicit_Confirm_asks_in_spite_of_Force()
    {
        GivenDeleted("contoso-openai");
        int asked = 0;
        Shell.Ui.Answer = (_, labels) =>
        {
            asked++;
            return labels.ToList().IndexOf("No");
        };

        Shell.Run("Remove-DeletedCognitiveAccount contoso-openai -Force -Confirm").ThrowIfFailed();

        Assert.Equal(1, asked);
        Assert.Empty(Writes);
    }

    [Fact]
    public void PassThru_writes_what_was_purged()
    {
        GivenDeleted("contoso-openai");

        PSObject account = Assert.Single(
            Shell.Run("Remove-DeletedCognitiveAccount contoso-openai -Force -PassThru").ThrowIfFailed().Output);

        Assert.Equal("CogRecover.DeletedCognitiveAccount", account.TypeNames[0]);
        Assert.Equal("contoso-openai", account.Properties["Name"].Value);
    }
}
