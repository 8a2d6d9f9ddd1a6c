using System.Diagnostics;
using System.IO.Compression;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>The packages that <c>dotnet pack</c> makes of the module that is built.</summary>
public sealed class PackedModule : IAsyncLifetime
{
    /// <summary>The sources' root.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", ".."));

    /// <summary>Where everything is that was made for these tests.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("cogrecover-pack").FullName;

    /// <summary>The folder that was packed to.</summary>
    public string Output => Path.Combine(Folder, "out");

    /// <summary>The PowerShell Gallery's package, unpacked into a folder of modules.</summary>
    public string Gallery => Path.Combine(Folder, "gallery", "CogRecover");

    /// <summary>Azure Automation's package, unpacked into a folder of modules.</summary>
    public string Automation => Path.Combine(Folder, "automation", "CogRecover");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var pack = new ProcessStartInfo("dotnet",
            ["pack", "src/CogRecover", "--no-build", "-c", configuration, "-o", Output, "-nodeReuse:false"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(pack)!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(said);
        await ZipFile.ExtractToDirectoryAsync(Directory.GetFiles(Output, "*.nupkg").Single(), Gallery);
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(Output, "CogRecover.zip"), Path.GetDirectoryName(Automation)!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return default;
    }
}
