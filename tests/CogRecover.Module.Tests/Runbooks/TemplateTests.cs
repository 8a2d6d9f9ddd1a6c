using System.Management.Automation.Language;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The templates that deploy the runbooks.</summary>
public sealed partial class TemplateTests
{
    private const string Purge = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete";

    private const string Least = """
        using 'main.bicep'
        param runbooksUri = 'https://contoso.example/cogrecover'
        param modulePackageUri = 'https://contoso.example/CogRecover.zip'

        """;

    private static readonly string Root =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", ".."));

    private static readonly string Folder = Path.Combine(Root, "examples", "automation");

    // The CLI takes seconds, so each set of parameters is predicted once.
    private static readonly Lazy<Task<JsonObject[]>> Sample = new(() => Bicep.PredictAsync(
        Folder, File.ReadAllText(Path.Combine(Folder, "main.bicepparam"))));

    // As somebody would switch it on: the slashes are taken away.
    private static readonly Lazy<Task<JsonObject[]>> SampleWithPurge = new(() => Bicep.PredictAsync(
        Folder, Regex.Replace(File.ReadAllText(Path.Combine(Folder, "main.bicepparam")),
            "^// (?=param clear|  [a-z]+[A-Za-z]*: |})", "", RegexOptions.Multiline)));

    private static readonly Lazy<Task<JsonObject[]>> Fewest = new(() => Bicep.PredictAsync(Folder, Least));

    [Fact]
    public async Task The_templates_lint_without_a_word_and_are_formatted()
    {
        string copy = Bicep.Copy(Folder);

        Assert.Equal("", await Bicep.RunAsync("lint", "--pattern", Path.Combine(Folder, "*.bicep*")));
        Assert.Equal("", await Bicep.RunAsync("format", "--pattern", Path.Combine(copy, "*.bicep*")));

        string[] templates = Directory.GetFiles(Folder, "*.bicep*");
        Assert.InRange(templates.Length, 2, 100);
        Assert.All(templates, file => Assert.Equal(
            File.ReadAllText(file), File.ReadAllText(Path.Combine(copy, Path.GetFileName(file)))));
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task With_the_purge_the_sample_deploys_every_runbook_with_a_schedule_and_parameters_that_it_has()
    {
        JsonObject[] resources = await SampleWithPurge.Value;

        string[] scripts = [.. Directory.GetFiles(Path.Combine(Root, "examples", "runbooks"), "*.ps1")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order()];
        Assert.Equal(scripts, Of(resources, "runbooks").Select(one => Name(one)).Order());
        Assert.Equal(scripts.Select(script => $"Nightly {script}"), Of(resources, "schedules").Select(Name).Order());
        Assert.Equal(3, Of(resources, "jobSchedules").Length);
        Assert.All(Of(resources, "jobSchedules").Where(link => link["properties"]!["parameters"] is JsonObject), link =>
        {
            JsonNode properties = link["properties"]!;
            string[] known = Parameters((string)properties["runbook"]!["name"]!);
            Assert.All(properties["parameters"]!.AsObject(), parameter => Assert.Contains(parameter.Key, known));
        });
    }

    [Fact]
    public async Task The_sample_parameters_restore_production_and_purge_nothing()
    {
        JsonObject[] resources = await Sample.Value;

        Assert.Equal(["Nightly Restore-UnexpectedDeletion", "Nightly Watch-DeletedAccount"],
            Of(resources, "schedules").Select(Name).Order());
        JsonObject restore = Assert.Single(Of(resources, "jobSchedules"), link =>
            (string)link["properties"]!["runbook"]!["name"]! == "Restore-UnexpectedDeletion");
        Assert.Equal("""["rg-*-prod"]""", (string?)restore["properties"]!["parameters"]!["ResourceGroupName"]);
        Assert.DoesNotContain(Purge, Actions(resources));
    }

    [Fact]
    public async Task Lists_reach_a_runbook_as_JSON_and_everything_else_as_text()
    {
        JsonObject[] resources = await SampleWithPurge.Value;

        JsonObject clear = Assert.Single(Of(resources, "jobSchedules"), link =>
            (string)link["properties"]!["runbook"]!["name"]! == "Clear-DeletedAccount")["properties"]!["parameters"]!
            .AsObject();
        Assert.Equal("""["rg-pr-*","rg-*-test"]""", (string?)clear["ResourceGroupName"]);
        Assert.Equal("12", (string?)clear["MinimumAgeHours"]);
        Assert.Equal("30", (string?)clear["MaximumCount"]);
        Assert.False(clear.ContainsKey("Tag"));
    }

    [Fact]
    public async Task The_runbooks_run_in_PowerShell_7_with_Az_and_the_modules_package()
    {
        JsonObject[] resources = await Fewest.Value;

        JsonNode runtime = Assert.Single(Of(resources, "runtimeEnvironments"))["properties"]!;
        Assert.Equal("PowerShell", (string?)runtime["runtime"]!["language"]);
        Assert.StartsWith("7.", (string)runtime["runtime"]!["version"]!, StringComparison.Ordinal);
        Assert.NotNull(runtime["defaultPackages"]!["Az"]);
        Assert.Equal("CogRecover", Name(Assert.Single(Of(resources, "packages"))));
        Assert.Equal("SystemAssigned",
            (string?)Assert.Single(Of(resources, "automationAccounts"))["identity"]!["type"]);
        Assert.All(Of(resources, "runbooks"), one =>
            Assert.Equal("CogRecover", (string?)one["properties"]!["runtimeEnvironment"]));
    }

    [Fact]
    public async Task Unless_a_purge_is_asked_for_none_is_scheduled_and_the_role_may_not()
    {
        JsonObject[] resources = await Fewest.Value;

        Assert.Equal(["Nightly Watch-DeletedAccount"], Of(resources, "schedules").Select(Name));
        Assert.DoesNotContain(Purge, Actions(resources));
    }

    [Fact]
    public async Task The_role_is_the_documented_one()
    {
        JsonObject[] resources = await SampleWithPurge.Value;

        Assert.Equal(Documented(0).Order(), Actions(resources).Order());
        Assert.StartsWith("/subscriptions/", Scope(resources), StringComparison.Ordinal);

        // Only a deployment to a subscription creates a group.
        Assert.Single(Of(resources, "resourceGroups"));
    }

    [Fact]
    public async Task Where_dependencies_are_restored_the_runbook_is_told_and_the_role_gets_the_documented_writes()
    {
        JsonObject[] without = await Bicep.PredictAsync(Folder, Least + "param restore = {}\n");
        JsonObject[] with = await Bicep.PredictAsync(Folder, Least + """
            param restore = {
              restoreDependency: true
            }
            """);

        Assert.All(["Restore-UnexpectedDeletion", "Watch-DeletedAccount"], runbook =>
        {
            Assert.Equal("false", RestoresDependency(without, runbook));
            Assert.Equal("true", RestoresDependency(with, runbook));
        });
        Assert.Equal(Documented(1).Order(), Actions(with).Except(Actions(without)).Order());
        Assert.Empty(Actions(without).Except(Actions(with)));
        Assert.DoesNotContain(Actions(without), action => VaultOrStorageWrite().IsMatch(action));
        Assert.DoesNotContain(Actions(await Sample.Value), action => VaultOrStorageWrite().IsMatch(action));
    }

    [Fact]
    public async Task A_management_groups_role_gets_them_too()
    {
        JsonObject[] resources = await Bicep.PredictAsync(Folder, Least + """
            param managementGroupId = 'mg-contoso'
            param restore = {
              restoreDependency: true
            }
            """);

        Assert.Empty(Documented(1).Except(Actions(resources)));
        Assert.DoesNotContain(Purge, Actions(resources));
    }

    [Fact]
    public async Task The_role_can_be_had_at_a_management_group_and_no_link_is_sent_when_deployed_again()
    {
        JsonObject[] resources = await Bicep.PredictAsync(Folder, Least + """
            param managementGroupId = 'mg-contoso'
            param linkSchedules = false
            """);

        Assert.Equal("/providers/Microsoft.Management/managementGroups/mg-contoso", Scope(resources));
        Assert.Empty(Of(resources, "jobSchedules"));
        Assert.Single(Of(resources, "schedules"));
    }

    /// <summary>The actions of a JSON block of docs/permissions.md: the role's, or those of the option.</summary>
    private static string[] Documented(int block)
    {
        string documented = File.ReadAllText(Path.Combine(Root, "docs", "permissions.md"));
        Match json = Regex.Matches(documented, @"```json\r?\n(.*?)```", RegexOptions.Singleline)[block];
        JsonNode parsed = JsonNode.Parse(json.Groups[1].Value)!;
        return [.. (parsed as JsonArray ?? parsed["Actions"]!.AsArray()).Select(action => (string)action!)];
    }

    private static string? RestoresDependency(JsonObject[] resources, string runbook) =>
        (string?)Assert.Single(Of(resources, "jobSchedules"), link =>
            (string)link["properties"]!["runbook"]!["name"]! == runbook)
            ["properties"]!["parameters"]!["RestoreDependency"];

    [GeneratedRegex(@"^Microsoft\.(KeyVault|Storage)/.*(?<!/read)$")]
    private static partial Regex VaultOrStorageWrite();

    private static JsonObject[] Of(JsonObject[] resources, string type) =>
        [.. resources.Where(one => ((string)one["type"]!).EndsWith("/" + type, StringComparison.Ordinal))];

    private static string Name(JsonObject resource) => ((string)resource["name"]!).Split('/')[^1];

    private static string[] Actions(JsonObject[] resources) =>
        [.. Role(resources)["permissions"]![0]!["actions"]!.AsArray().Select(action => (string)action!)];

    private static string Scope(JsonObject[] resources) => (string)Role(resources)["assignableScopes"]![0]!;

    private static JsonNode Role(JsonObject[] resources) =>
        Assert.Single(Of(resources, "roleDefinitions"))["properties"]!;

    private static string[] Parameters(string runbook)
    {
        ScriptBlockAst script = Parser.ParseFile(
            Path.Combine(Root, "examples", "runbooks", runbook + ".ps1"), out _, out ParseError[] errors);
        Assert.Empty(errors);
        return [.. script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath)];
    }
}
