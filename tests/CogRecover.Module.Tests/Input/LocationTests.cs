using System.Management.Automation;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Input;

/// <summary>Locations as people and tools print them.</summary>
public sealed class LocationTests : ModuleTest
{
    [Theory]
    [InlineData("westus2", "westus2")]
    [InlineData("WESTUS2", "westus2")]
    [InlineData("West US 2", "westus2")]
    [InlineData("(US) West US 2", "westus2")]
    [InlineData("West US 2 (westus2)", "westus2")]
    [InlineData("(US) West US 2 (westus2)", "westus2")]
    [InlineData("(Europe) West Europe", "westeurope")]
    [InlineData("(Asia Pacific) Southeast Asia", "southeastasia")]
    [InlineData("USGov Virginia", "usgovvirginia")]
    [InlineData("(US) US Gov Virginia", "usgovvirginia")]
    [InlineData("US DoD Central", "usdodcentral")]
    [InlineData("(China) China North 2", "chinanorth2")]
    [InlineData("Global", "global")]
    public void Every_spelling_of_a_location_is_the_location_everywhere(string printed, string name)
    {
        foreach (string account in new[] { "one", "two", "three" })
            Arm.State.AddDeletedAccount(account, "rg-ai", name);
        Arm.State.AddDeletedAccount("elsewhere", "rg-ai", "japaneast");

        ShellResult result = Shell.Run($$"""
            $there = @{ ResourceGroupName = 'rg-ai'; Location = '{{printed}}' }
            "$((Get-DeletedCognitiveAccount -Location '{{printed}}').Name)"
            (Test-CognitiveAccountRestore one @there).Name
            ([pscustomobject] @{ Name = 'one'; ResourceGroup = 'rg-ai'; Location = '{{printed}}' } |
                Get-DeletedCognitiveAccount).Name
            (Remove-DeletedCognitiveAccount two @there -Force -PassThru).Name
            (Remove-DeletedCognitiveAccount -ResourceId {{LiveId("three")}} -Location '{{printed}}' -Force -PassThru).Name
            Restore-CognitiveAccount one @there -WhatIf
            """).ThrowIfFailed();

        Assert.Contains("'one'", $"{Screen}", StringComparison.Ordinal);
        Assert.Equal(["one two three", "one", "one", "two", "three"],
            result.Output.Select(account => $"{account}"));
    }

    [Theory]
    [InlineData("esatus", "eastus")]
    [InlineData("US East", "eastus")]
    [InlineData("(US) Eastus3", "eastus")]
    [InlineData("westeuropa", "westeurope")]
    public void What_is_no_location_is_an_error_that_names_the_nearest(string given, string nearest)
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run($$"""
            $location = '{{given}}'
            Get-DeletedCognitiveAccount -Location $location, 'West US 2'
            Test-CognitiveAccountRestore other rg-ai -Location $location
            Restore-CognitiveAccount other rg-ai -Location $location
            Remove-DeletedCognitiveAccount other rg-ai -Location $location -Force
            Restore-CognitiveAccount other -Location $location
            [pscustomobject] @{ Name = 'other'; Location = $location } | Remove-DeletedCognitiveAccount -Force
            """);

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal(6, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.StartsWith("InvalidLocation,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith($"isn't an Azure location. The nearest is '{nearest}'.", $"{error}", StringComparison.Ordinal);
            Assert.Equal($"Give '{nearest}' instead, if you mean that. Get-AzLocation shows all locations.",
                error.ErrorDetails.RecommendedAction);
        });
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData(200, "marsnorth", 0)]
    [InlineData(200, "marssouth", 1)]
    [InlineData(200, "japaneast", 0)]
    [InlineData(403, "marssouth", 0)]
    public void A_location_that_only_Azure_knows_or_that_cant_be_checked_is_no_error(
        int status, string location, int errors)
    {
        GivenDeleted("contoso");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/locations", StringComparison.Ordinal)) return false;
            context.Response.StatusCode = status;
            await context.Response.WriteAsync("""{"value":[{"name":"marsnorth"}]}""");
            return true;
        };

        Assert.Equal(errors, Shell.Run($"Get-DeletedCognitiveAccount -Location {location}").Errors.Count);
        Assert.Equal(location == "japaneast" ? 0 : 1,
            Arm.Requests.Count(request => request.Path.EndsWith("/locations", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Europe, West", "westeurope", true)]
    [InlineData("West Europe (Zone 1)", "westeurope", true)]
    [InlineData("Middle-earth", "", false)]
    public void A_location_is_offered_only_where_it_is_near(string given, string nearest, bool isNear)
    {
        ErrorRecord error = Assert.Single(
            Shell.Run($"Restore-CognitiveAccount contoso rg-ai -Location '{given}'").Errors);

        Assert.Contains($"The nearest is '{nearest}", $"{error}", StringComparison.Ordinal);
        Assert.Equal(isNear
            ? $"Give '{nearest}' instead, if you mean that. Get-AzLocation shows all locations."
            : "Run Get-AzLocation to see all locations.", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Wildcards_are_no_location_and_the_command_that_takes_them_is_named()
    {
        ErrorRecord error = Assert.Single(
            Shell.Run("Restore-CognitiveAccount contoso rg-ai -Location '(Europe) West*'").Errors);

        Assert.Equal($"InvalidResourceId,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Contains("It takes wildcards", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_location_that_doesnt_exist_hides_no_mistyped_name()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contosso, contoso -Location esatus");

        Assert.Equal(["esatus", "contosso"], result.Errors.Select(error => $"{error.TargetObject}"));
        Assert.Equal(["InvalidLocation", "DeletedAccountNotFound"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void A_location_that_cant_be_one_is_an_error_before_anything_is_asked()
    {
        ErrorRecord error = Assert.Single(
            Shell.Run("Remove-DeletedCognitiveAccount contoso rg-ai -Location 'east/us' -Force").Errors);

        Assert.Equal($"InvalidLocation,{RemoveClass}", error.FullyQualifiedErrorId);
        Assert.Equal("'east/us' isn't an Azure location. The nearest is 'eastus'.", $"{error}");
        Assert.Empty(Arm.Requests);
    }
}
