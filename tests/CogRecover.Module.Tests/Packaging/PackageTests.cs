using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using System.Xml.Linq;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>What <c>dotnet pack</c> makes, as the PowerShell Gallery and Azure Automation get it.</summary>
public sealed class PackageTests(PackedModule packed) : IClassFixture<PackedModule>
{
    // Every file that ships.
    private static readonly string[] Shipped =
    [
        "CogRecover.Format.ps1xml", "CogRecover.psd1", "CogRecover.psm1", "LICENSE", "ThirdPartyNotices.txt",
        "bin/net472/Azure.Core.dll", "bin/net472/Azure.ResourceManager.dll", "bin/net472/CogRecover.Core.dll",
        "bin/net472/CogRecover.Model.dll", "bin/net472/CogRecover.dll", "bin/net472/Microsoft.Bcl.AsyncInterfaces.dll",
        "bin/net472/Microsoft.Extensions.DependencyInjection.Abstractions.dll",
        "bin/net472/Microsoft.Extensions.Logging.Abstractions.dll", "bin/net472/System.Buffers.dll",
        "bin/net472/System.ClientModel.dll", "bin/net472/System.Diagnostics.DiagnosticSource.dll",
        "bin/net472/System.Memory.Data.dll", "bin/net472/System.Memory.dll", "bin/net472/System.Numerics.Vectors.dll",
        "bin/net472/System.Runtime.CompilerServices.Unsafe.dll", "bin/net472/System.Text.Encodings.Web.dll",
        "bin/net472/System.Text.Json.dll", "bin/net472/System.Threading.Tasks.Extensions.dll",
        "bin/net472/System.ValueTuple.dll",
        "bin/net8.0/Azure.Core.dll", "bin/net8.0/Azure.ResourceManager.dll", "bin/net8.0/CogRecover.Core.dll",
        "bin/net8.0/CogRecover.Model.dll", "bin/net8.0/CogRecover.dll", "bin/net8.0/Microsoft.Bcl.AsyncInterfaces.dll",
        "bin/net8.0/Microsoft.Extensions.DependencyInjection.Abstractions.dll",
        "bin/net8.0/Microsoft.Extensions.Logging.Abstractions.dll", "bin/net8.0/System.ClientModel.dll",
        "bin/net8.0/System.Memory.Data.dll",
        "en-US/CogRecover.dll-Help.xml", "en-US/about_CogRecover.help.txt",
    ];

    // What makes a zip a NuGet package. Install-PSResource takes it off again.
    private static readonly string[] OfTheFormat =
        ["CogRecover.nuspec", "[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/"];

    [Fact]
    public void Packing_makes_a_package_and_a_zip_and_nothing_else()
    {
        Version version = Manifest().Version;

        Assert.Equal(
            [$"CogRecover.{version}.nupkg", "CogRecover.zip"],
            Directory.GetFiles(packed.Output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_holds_the_module_and_nothing_else()
    {
        string[] files = FilesIn(packed.Gallery);

        Assert.Equal(Shipped, files.Where(file => !OfTheFormat.Any(file.StartsWith)));
        Assert.Equal(OfTheFormat.Length, files.Length - Shipped.Length);
    }

    [Fact]
    public void The_zip_holds_one_folder_of_the_modules_name_with_the_module_and_nothing_else()
    {
        Assert.Equal([packed.Automation],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(packed.Automation)!));
        Assert.Equal(Shipped, FilesIn(packed.Automation));
        Assert.All(Shipped, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(packed.Gallery, file)),
            File.ReadAllBytes(Path.Combine(packed.Automation, file))));
    }

    [Theory]
    [InlineData("gallery")]
    [InlineData("automation")]
    public async Task What_is_unpacked_into_a_folder_of_modules_imports_by_name_and_lists(string package)
    {
        string modules = Path.Combine(packed.Folder, package);
        string script = Path.Combine(packed.Folder, $"{package}.ps1");
        await File.WriteAllTextAsync(script, """
            (Get-DeletedCognitiveAccount).Name
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                if ($assembly.GetName().Name -in 'CogRecover', 'CogRecover.Model', 'CogRecover.Core', 'Azure.Core') {
                    $assembly.Location
                }
            }
            """, TestContext.Current.CancellationToken);

        string[] output = await RunAsync(script, modules);

        Assert.Equal(["contoso-face-kiosk", "contoso-ai-hub", "contoso-chatbot"], output.Take(3));
        string[] loaded = [.. output.Where(line => line.EndsWith(".dll", StringComparison.Ordinal))];
        Assert.Equal(4, loaded.Length);
        Assert.All(loaded, assembly => Assert.Contains(
            Path.Combine(package, "CogRecover", "bin", "net8.0"), assembly, StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_says_what_the_manifest_says()
    {
        PSModuleInfo manifest = Manifest();
        XElement metadata = XDocument.Load(Path.Combine(packed.Gallery, "CogRecover.nuspec")).Root!.Elements().Single();
        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        string[] cmdlets = [.. manifest.ExportedCmdlets.Keys];

        Assert.Equal("CogRecover", Text("id"));
        Assert.Equal($"{manifest.Version}", Text("version"));
        Assert.Equal(manifest.Author, Text("authors"));
        Assert.Equal(manifest.CompanyName, Text("owners"));
        Assert.Equal(manifest.Copyright, Text("copyright"));
        Assert.Equal(manifest.Description, Text("description"));
        Assert.Equal("https://github.com/cogrecover/cogrecover/blob/main/LICENSE", Text("licenseUrl"));
        Assert.Equal("https://github.com/cogrecover/cogrecover", Text("projectUrl"));
        Assert.EndsWith("/docs/icon.png", Text("iconUrl"), StringComparison.Ordinal);
        Assert.Equal(
            (Text("licenseUrl"), Text("projectUrl"), Text("iconUrl"), Text("releaseNotes")),
            ($"{manifest.LicenseUri}", $"{manifest.ProjectUri}", $"{manifest.IconUri}", manifest.ReleaseNotes));
        Assert.Equal(
            [.. manifest.Tags, "PSModule", "PSIncludes_Cmdlet", .. cmdlets.Select(name => "PSCmdlet_" + name),
                .. cmdlets.Select(name => "PSCommand_" + name)],
            Text("tags").Split(' '));
        Assert.Contains("PSEdition_Core", manifest.Tags);
        Assert.Contains("PSEdition_Desktop", manifest.Tags);
        XElement dependency = metadata.Descendants().Single(element => element.Name.LocalName == "dependency");
        Assert.Equal(("Az.Accounts", "2.12.0"),
            ((string)dependency.Attribute("id")!, (string)dependency.Attribute("version")!));
        Assert.Equal(
            ["Az.Accounts 2.12.0"], manifest.RequiredModules.Select(module => $"{module.Name} {module.Version}"));
    }

    [Fact]
    public void No_file_names_a_folder_of_the_machine()
    {
        string[] folders =
        [
            packed.Folder, PackedModule.Root + Path.DirectorySeparatorChar,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar,
        ];
        byte[][] patterns =
        [
            .. folders.Where(folder => folder.Length > 3)
                .SelectMany(folder => new[] { folder, folder.Replace('\\', '/') }).Distinct()
                .SelectMany(folder => new[] { Encoding.UTF8.GetBytes(folder), Encoding.Unicode.GetBytes(folder) }),
        ];

        IEnumerable<string> named =
            from file in Directory.GetFiles(packed.Gallery, "*", SearchOption.AllDirectories)
            let bytes = File.ReadAllBytes(file)
            where patterns.Any(pattern => bytes.AsSpan().IndexOf(pattern) >= 0)
            select file;

        Assert.Empty(named);
    }

    [Fact]
    public void The_notices_name_each_package_that_ships()
    {
        IEnumerable<string> shipped = Shipped.Where(file => file.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name.Split('.')[0] != "CogRecover").Distinct().Order(StringComparer.Ordinal);

        IEnumerable<string> named = File.ReadLines(Path.Combine(packed.Gallery, "ThirdPartyNotices.txt"))
            .Skip(2).TakeWhile(line => line.Length > 0);

        Assert.Equal(shipped, named);
    }

    private static string[] FilesIn(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static async Task<string[]> RunAsync(string script, string modules)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string sandbox = Path.Combine(AppContext.BaseDirectory, "CogRecover.Sandbox.dll");
        var run = new ProcessStartInfo("dotnet", ["exec", sandbox, "run", script, "--module", "CogRecover"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PSModulePath"] = modules },
        };
        using Process process = Process.Start(run)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, output + await errors);
        return output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    private PSModuleInfo Manifest()
    {
        using var shell = ModuleShell.Open();
        ShellResult result = shell.Run(
            $"Test-ModuleManifest '{Path.Combine(packed.Gallery, "CogRecover.psd1")}'").ThrowIfFailed();
        return (PSModuleInfo)result.Output.Single().BaseObject;
    }
}
