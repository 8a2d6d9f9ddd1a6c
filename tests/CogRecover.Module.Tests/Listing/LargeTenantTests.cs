using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

public sealed class LargeTenantTests : ModuleTest
{
    private const int Count = 1000;

    private protected override SimulatedArmOptions Options => base.Options with { PageSize = 100 };

    [Fact]
    public void Of_a_thousand_subscriptions_each_is_asked_once_and_three_that_fail_are_three_errors()
    {
        string[] ids = [.. Enumerable.Range(0, Count).Select(_ => Guid.NewGuid().ToString())];
        for (int i = 0; i < Count; i++)
        {
            Arm.State.AddSubscription(ids[i], "Contoso", i % 10 == 9 ? "Disabled" : "Enabled");
            Arm.State.AddDeletedAccount($"account-{i:000}", "rg-ai", subscriptionId: ids[i]);
        }

        string[] failing = [ids[0], ids[500], ids[998]];
        Arm.Intercept = async context =>
        {
            string path = context.Request.Path.Value!;
            int number = Array.FindIndex(failing, id => path.Contains(id, StringComparison.Ordinal));
            if (number < 0) return false;
            context.Response.StatusCode = 403 - number;
            await context.Response.WriteAsync("""{"error":{"code":"Odd","message":"No."}}""");
            return true;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions");

        string[] wanted = [.. Enumerable.Range(0, Count).Where(i => i % 10 != 9 && !failing.Contains(ids[i]))
            .Select(i => $"account-{i:000}")];
        Assert.Equal(wanted, Names(result));
        Assert.Equal(failing.Order(), result.Errors.Select(error => (string)error.TargetObject).Order());
        Assert.All(result.Errors, error =>
            Assert.Contains($"subscription {error.TargetObject} ", error.ToString(), StringComparison.Ordinal));
        string[] asked = [.. Arm.Requests.Select(request => request.Path).Where(path => path != "/subscriptions")];
        Assert.Equal(Count - (Count / 10) + 1, asked.Length);
        Assert.Equal(asked.Length, asked.Distinct().Count());
    }
}
