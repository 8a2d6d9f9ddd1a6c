using System.Collections;
using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>The staged manifest, as each edition of PowerShell reads it.</summary>
public sealed class ManifestTests
{
    private static string Text { get; } = File.ReadAllText(ModuleShell.Manifest);

    [Fact]
    public void The_manifest_keeps_to_what_a_manifest_may_say_in_5_1()
    {
        // Windows PowerShell 5.1 knows $PSEdition and $PSScriptRoot there, and no command.
        ScriptBlock.Create(Text).CheckRestrictedLanguage([], ["PSEdition", "PSScriptRoot"], false);

        // It takes a file without a byte order mark for one of the machine's code page.
        Assert.All(Text, letter => Assert.InRange(letter, '\n', '~'));
    }

    [Theory]
    [InlineData("Core", "bin/net8.0/")]
    [InlineData("Desktop", "bin/net472/")]
    public void Each_edition_gets_the_assemblies_that_are_built_for_it(string edition, string folder)
    {
        Hashtable manifest = Read(edition);

        Assert.Equal($"{folder}CogRecover.dll", manifest["RootModule"]);
        Assert.Equal($"{folder}CogRecover.Model.dll", manifest["RequiredAssemblies"]);
        Assert.Equal(["Core", "Desktop"], ((object[])manifest["CompatiblePSEditions"]!).Select(name => $"{name}"));
        Assert.Equal(("5.1", "4.7.2"), (manifest["PowerShellVersion"], manifest["DotNetFrameworkVersion"]));
        Assert.All(
            new[] { manifest["RootModule"], manifest["RequiredAssemblies"], ((object[])manifest["FormatsToProcess"]!)[0] },
            file => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, $"{file}"))));
    }

    private static Hashtable Read(string edition)
    {
        using var shell = ModuleShell.Open();
        ShellResult result =
            shell.Run(Text.Replace("$PSEdition", $"'{edition}'", StringComparison.Ordinal)).ThrowIfFailed();
        return (Hashtable)result.Output.Single().BaseObject;
    }
}
