using System.Diagnostics;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Isolation;

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

    // A runspace of its own, as a thread job has: PowerShell runs it on another thread, and it stays open.
    private const string OnAnotherThread = """
        $start = {
            param($script)
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $null = $shell.AddScript($script).AddArgument((Get-AzContext))
            $shell.EndInvoke($shell.BeginInvoke())
            $shell.Streams.Error
        }
        """;

    private static readonly string[] Engine =
    [
        "CogRecover/Azure.Core", "CogRecover/Azure.ResourceManager", "CogRecover/CogRecover.Core",
    ];

    [Fact]
    public async Task An_import_and_a_list_load_what_they_need_and_nothing_of_Azure_in_the_default_context()
    {
        string[] output = await RunAsync($$"""
            function Show-Loaded {
                {{Loaded}}
                'end'
            }
            Show-Loaded
            $null = Get-DeletedCognitiveAccount
            Show-Loaded
            $null = Restore-CognitiveAccount contoso-openai-prod
            $null = Remove-DeletedCognitiveAccount contoso-speech-test -Force
            $null = Get-DeletedCognitiveAccount contoso-nowhere -ErrorAction SilentlyContinue
            Show-Loaded
            """);

        int first = Array.IndexOf(output, "end");
        int second = Array.IndexOf(output, "end", first + 1);
        Assert.Equal(["Default/CogRecover", "Default/CogRecover.Model"], Ours(output[..first]));

        // Azure.Core's client options are those of System.ClientModel.
        Assert.Equal([.. Engine, "CogRecover/System.ClientModel", "Default/CogRecover", "Default/CogRecover.Model"],
            Ours(output[first..second]));
        string[] last = Ours(output[second..]);
        Assert.Superset(new HashSet<string>(Engine), new HashSet<string>(last));
        Assert.Equal(["Default/CogRecover", "Default/CogRecover.Model"],
            last.Where(assembly => assembly.StartsWith("Default/", StringComparison.Ordinal)));
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

    // Each in a process that has no handler of the module's, and no engine yet.
    [Theory]
    [InlineData("Import-Module '{dll}'")]
    [InlineData("$env:PSModulePath = '{modules}'; Import-Module CogRecover")]
    [InlineData("$env:PSModulePath = '{modules}'")]
    [InlineData("Import-Module '{m}' -Force; Import-Module '{m}' -Force")]
    [InlineData("Import-Module '{m}'; Remove-Module CogRecover; Import-Module '{m}'")]
    [InlineData("Import-Module -Assembly @([AppDomain]::CurrentDomain.GetAssemblies() -match '^CogRecover,')")]
    [InlineData("Import-Module '{m}'; & $start \"Import-Module '{m}'; Remove-Module CogRecover\"")]
    [InlineData("& $start \"Import-Module '{m}'\"; Import-Module '{m}'")]
    public async Task Every_way_to_import_lets_the_engine_be_found(string import)
    {
        string[] output = await RunAsync($$"""
            {{OnAnotherThread}}
            Remove-Module CogRecover
            {{WithPaths(import)}}
            (Get-DeletedCognitiveAccount contoso-openai-prod).Name
            """);

        Assert.Equal("contoso-openai-prod", output[^1]);
    }

    [Theory]
    [InlineData("(Get-DeletedCognitiveAccount contoso-openai-prod -DefaultProfile `$args[0]).Name")]
    [InlineData("""
        (Restore-CognitiveAccount contoso-openai-prod -AsJob -DefaultProfile `$args[0] | Receive-Job -Wait).Name
        """)]
    public async Task An_import_on_another_thread_lets_the_engine_be_found_there(string first)
    {
        string[] output = await RunAsync($"""
            {OnAnotherThread}
            Remove-Module CogRecover
            & $start "Import-Module '{ModuleShell.Manifest}'; {first}"
            """);

        Assert.Equal(["contoso-openai-prod"], output);
    }

    // Tab gives up on a list that takes long, and offers it once it is there.
    [Theory]
    [InlineData("""
        1..20 | ForEach-Object {
            if (!$names) {
                $names = [Management.Automation.CommandCompletion]::CompleteInput(
                    'Get-DeletedCognitiveAccount contoso-op', 38, $null).CompletionMatches.CompletionText
            }
        }
        $names
        """, "contoso-openai-prod")]
    [InlineData("(Get-Command Get-DeletedCognitiveAccount).ParameterSets.Count -gt 0", "True")]
    public async Task What_looks_at_a_command_before_it_runs_finds_the_engine(string look, string found) =>
        Assert.Equal([found], await RunAsync(look));

    [Theory]
    [InlineData("Import-Module '{m}' -Force; Remove-Module CogRecover", "not found")]
    [InlineData("& $start \"Import-Module '{m}'\"; Remove-Module CogRecover", "found")]
    [InlineData("& $start \"Import-Module '{m}'; Remove-Module CogRecover\"", "found")]
    [InlineData("& $start \"Import-Module '{m}'; Remove-Module CogRecover\"; Remove-Module CogRecover", "not found")]
    public async Task The_engine_is_found_until_the_last_runspace_removes_the_module(string script, string found)
    {
        string[] output = await RunAsync($$"""
            {{OnAnotherThread}}
            {{WithPaths(script)}}
            try { $null = [Reflection.Assembly]::Load('CogRecover.Core'); 'found' } catch { 'not found' }
            """);

        Assert.Equal([found], output);
    }

    [Fact]
    public async Task A_module_works_nested_and_again_after_it_was_removed_where_Az_Accounts_is_installed()
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
            @({Loaded}) -like '*/Azure.Core'
            Remove-Module Outer
            Import-Module '{ModuleShell.Manifest}'
            (Get-DeletedCognitiveAccount contoso-speech-test).Name
            Import-Module '{ModuleShell.Manifest}' -Force
            Import-Module '{ModuleShell.Manifest}' -Force
            (Restore-CognitiveAccount contoso-speech-test).Name
            """, PretendedAz(folder));

        Directory.Delete(folder, recursive: true);
        Assert.Equal(
            ["contoso-openai-prod", "CogRecover/Azure.Core", "contoso-speech-test", "contoso-speech-test"], output);
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

    private static string WithPaths(string script)
    {
        string module = Path.GetDirectoryName(ModuleShell.Manifest)!;
        return script.Replace("{m}", ModuleShell.Manifest)
            .Replace("{dll}", Path.Combine(module, "bin", "net8.0", "CogRecover.dll"))
            .Replace("{modules}", Path.GetDirectoryName(module));
    }

    /// <summary>Puts an Az.Accounts that needs more than the engine into a folder of modules.</summary>
    private static string PretendedAz(string folder)
    {
        string installed = Directory.CreateDirectory(Path.Combine(folder, "Az.Accounts", "99.0.0")).FullName;
        File.WriteAllText(Path.Combine(installed, "Az.Accounts.psd1"),
            "@{ ModuleVersion = '99.0.0'; RootModule = 'Az.Accounts.psm1' }");
        File.WriteAllText(Path.Combine(installed, "Az.Accounts.psm1"), "throw 'This one needs more than the engine.'");
        return folder;
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
