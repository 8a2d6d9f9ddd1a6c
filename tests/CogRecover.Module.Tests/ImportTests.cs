using System.Diagnostics;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

/// <summary>
/// What an import and a first command load: each in a process of its own, through the sandbox's <c>run</c>.
/// </summary>
public sealed class ImportTests
{
    private const string Loaded = """
        foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name
            "$context/$($assembly.GetName().Name)"
        }
        """;

    private static readonly string[] Engine =
    [
        "CogRecover/Azure.Core", "CogRecover/Azure.ResourceManager", "CogRecover/CogRecover.Core",
    ];

    [Fact]
    public async Task An_import_loads_the_cmdlets_and_the_output_types_and_nothing_else()
    {
        string[] loaded = Ours(await RunAsync(Loaded));

        Assert.Equal(["Default/CogRecover", "Default/CogRecover.Model"], loaded);
    }

    [Fact]
    public async Task The_first_list_loads_no_assembly_that_a_list_doesnt_need()
    {
        string[] loaded = Ours(await RunAsync("$null = Get-DeletedCognitiveAccount\n" + Loaded));

        // Azure.Core's client options are those of System.ClientModel.
        Assert.Equal([.. Engine, "CogRecover/System.ClientModel", "Default/CogRecover", "Default/CogRecover.Model"],
            loaded);
    }

    [Fact]
    public async Task Nothing_of_Azure_is_ever_in_the_default_context()
    {
        string[] loaded = Ours(await RunAsync("""
            $null = Restore-CognitiveAccount contoso-openai-prod
            $null = Remove-DeletedCognitiveAccount contoso-speech-test -Force
            $null = Get-DeletedCognitiveAccount contoso-nowhere -ErrorAction SilentlyContinue
            """ + "\n" + Loaded));

        Assert.Superset(new HashSet<string>(Engine), new HashSet<string>(loaded));
        Assert.Equal(["Default/CogRecover", "Default/CogRecover.Model"],
            loaded.Where(assembly => assembly.StartsWith("Default/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Import-Module '{m}'; Import-Module Az.Accounts")]
    [InlineData("Import-Module Az.Accounts; Import-Module '{m}'")]
    [InlineData("Import-Module '{m}' -Force; Import-Module '{m}' -Force")]
    [InlineData("Import-Module '{m}'; Remove-Module CogRecover; Import-Module '{m}'")]
    public void An_import_works_in_every_order_and_again(string import)
    {
        using var shell = ModuleShell.Open();

        ShellResult result = shell.Run(import.Replace("{m}", ModuleShell.Manifest) + """

            (Get-Command -Module CogRecover).Name
            [CogRecover.DeletedCognitiveAccount].Name
            """).ThrowIfFailed();

        Assert.Equal(["Get-DeletedCognitiveAccount", "Remove-DeletedCognitiveAccount", "Restore-CognitiveAccount",
            "Test-CognitiveAccountRestore", "DeletedCognitiveAccount"], result.Output.Select(name => name.ToString()));
    }

    [Fact]
    public async Task A_module_that_was_removed_after_use_works_when_it_is_imported_again()
    {
        string[] output = await RunAsync($"""
            (Get-DeletedCognitiveAccount contoso-openai-prod).Name
            Remove-Module CogRecover
            Import-Module '{ModuleShell.Manifest}'
            (Get-DeletedCognitiveAccount contoso-speech-test).Name
            Import-Module '{ModuleShell.Manifest}' -Force
            Import-Module '{ModuleShell.Manifest}' -Force
            (Restore-CognitiveAccount contoso-speech-test).Name
            """);

        Assert.Equal(["contoso-openai-prod", "contoso-speech-test", "contoso-speech-test"], output);
    }

    [Fact]
    public async Task A_module_that_nests_this_one_works()
    {
        string folder = Directory.CreateTempSubdirectory("cogrecover-outer").FullName;
        string outer = Path.Combine(folder, "Outer.psd1");
        await File.WriteAllTextAsync(
            outer,
            $"@{{ ModuleVersion = '1.0'; NestedModules = @('{ModuleShell.Manifest}'); CmdletsToExport = '*' }}",
            TestContext.Current.CancellationToken);

        string[] output = await RunAsync($"""
            Remove-Module CogRecover
            Import-Module '{outer}'
            (Get-DeletedCognitiveAccount contoso-openai-prod).Name
            """ + "\n" + Loaded);

        Directory.Delete(folder, recursive: true);
        Assert.Equal("contoso-openai-prod", output[0]);
        Assert.Contains("CogRecover/Azure.Core", output);
    }

    [Fact]
    public async Task The_sandbox_signs_in_with_its_stand_in_where_Az_Accounts_is_installed()
    {
        string folder = Directory.CreateTempSubdirectory("cogrecover-modules").FullName;
        string installed = Directory.CreateDirectory(Path.Combine(folder, "Az.Accounts", "99.0.0")).FullName;
        foreach ((string file, string text) in new[]
        {
            ("Az.Accounts.psd1", "@{ ModuleVersion = '99.0.0'; RootModule = 'Az.Accounts.psm1' }"),
            ("Az.Accounts.psm1", "throw 'This one needs more than the engine.'"),
        }) await File.WriteAllTextAsync(Path.Combine(installed, file), text, TestContext.Current.CancellationToken);

        string[] output = await RunAsync("(Get-DeletedCognitiveAccount contoso-openai-prod).Name", folder);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(["contoso-openai-prod"], output);
    }

    [Fact]
    public void The_manifest_is_valid_and_exports_what_there_is()
    {
        using var shell = ModuleShell.Open();

        ShellResult result = shell.Run($"""
            $manifest = Test-ModuleManifest '{ModuleShell.Manifest}'
            $manifest.ExportedCmdlets.Count
            $manifest.CompatiblePSEditions -join ' '
            """).ThrowIfFailed();

        Assert.Equal(["4", "Core Desktop"], result.Output.Select(value => value.ToString()));
    }

    private static string[] Ours(string[] loaded) =>
    [
        .. loaded.Where(assembly => assembly.StartsWith("CogRecover/", StringComparison.Ordinal)
            || assembly.StartsWith("Default/CogRecover", StringComparison.Ordinal)
            || assembly.StartsWith("Default/Azure.", StringComparison.Ordinal))
            .Where(assembly => assembly != "Default/CogRecover.Sandbox").Order(StringComparer.Ordinal),
    ];

    private static async Task<string[]> RunAsync(string script, string? modules = null)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(Path.GetTempPath(), $"cogrecover-{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(file, script, cancellation);
        try
        {
            string sandbox = Path.Combine(AppContext.BaseDirectory, "CogRecover.Sandbox.dll");
            var start = new ProcessStartInfo("dotnet", ["exec", sandbox, "run", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (modules is not null) start.Environment["PSModulePath"] = modules;
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, output + await errors);
            return output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
