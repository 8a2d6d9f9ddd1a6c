using System.Collections;
using System.Management.Automation.Language;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>The staged manifest, and what each edition of PowerShell loads for it.</summary>
public sealed class ManifestTests
{
    private static readonly string Folder = Path.GetDirectoryName(ModuleShell.Manifest)!;
    private static readonly string Text = File.ReadAllText(ModuleShell.Manifest);
    private static readonly string RootModule = File.ReadAllText(Path.Combine(Folder, "CogRecover.psm1"));

    [Fact]
    public void The_manifest_is_data_that_is_read_without_running_anything()
    {
        Hashtable manifest = Read();

        Assert.Equal("CogRecover.psm1", manifest["RootModule"]);
        Assert.Equal(["Core", "Desktop"], ((object[])manifest["CompatiblePSEditions"]!).Select(name => $"{name}"));
        Assert.Equal(("5.1", "4.7.2"), (manifest["PowerShellVersion"], manifest["DotNetFrameworkVersion"]));
        Assert.All(
            new[] { manifest["RootModule"], ((object[])manifest["FormatsToProcess"]!)[0] },
            file => Assert.True(File.Exists(Path.Combine(Folder, $"{file}"))));
    }

    [Fact]
    public void Windows_PowerShell_reads_each_letter_as_it_is() =>
        // It takes a file without a byte order mark for one of the machine's code page.
        Assert.All(Text + RootModule, letter => Assert.InRange(letter, '\n', '~'));

    [Theory]
    [InlineData("Core", "net8.0")]
    [InlineData("Desktop", "net472")]
    public void Each_edition_gets_the_assembly_that_is_built_for_it(string edition, string framework)
    {
        using var shell = ModuleShell.Open();
        string script = RootModule.Replace("$PSEdition", $"'{edition}'", StringComparison.Ordinal)
            .Replace("$PSScriptRoot", Folder, StringComparison.Ordinal);

        ShellResult result = shell.Run(
            $"Set-StrictMode -Version Latest; function Import-Module($path) {{ $path }}; {script}").ThrowIfFailed();

        string assembly = $"{Assert.Single(result.Output)}";
        Assert.Equal($"{Folder}/bin/{framework}/CogRecover.dll", assembly);
        Assert.True(File.Exists(assembly));
    }

    // As Import-PowerShellDataFile does, and whoever publishes or installs the module.
    private static Hashtable Read()
    {
        ScriptBlockAst script = Parser.ParseInput(Text, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }
}
