using System.Diagnostics;
using System.IO.Compression;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>
/// The packages, made by <c>dotnet pack</c> in two copies of the sources, as two clones would: in folders of other
/// names, and without what is built already.
/// </summary>
public sealed class PackedModule : IAsyncLifetime
{
    private static readonly string[] Left = ["bin", "obj"];

    /// <summary>The sources' root, of which the two are copies.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", ".."));

    /// <summary>Where everything is that was made for these tests.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("cogrecover-pack").FullName;

    /// <summary>The two folders that were packed to.</summary>
    public string[] Outputs { get; private set; } = [];

    /// <summary>The PowerShell Gallery's package, unpacked into a folder of modules.</summary>
    public string Gallery => Path.Combine(Folder, "gallery", "CogRecover");

    /// <summary>Azure Automation's package, unpacked into a folder of modules.</summary>
    public string Automation => Path.Combine(Folder, "automation", "CogRecover");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string[] copies = [Path.Combine(Folder, "a"), Path.Combine(Folder, "a clone somewhere else")];
        Copy(copies[0], backwards: false);
        Copy(copies[1], backwards: true);
        Outputs = await Task.WhenAll(copies.Select(PackAsync));
        await ZipFile.ExtractToDirectoryAsync(Directory.GetFiles(Outputs[0], "*.nupkg").Single(), Gallery);
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(Outputs[0], "CogRecover.zip"), Path.GetDirectoryName(Automation)!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return default;
    }

    private static void Copy(string target, bool backwards)
    {
        IEnumerable<string> files =
        [
            .. Directory.GetFiles(Root),
            .. FilesIn(Path.Combine(Root, "module")),
            .. FilesIn(Path.Combine(Root, "src")),
        ];
        foreach (string file in backwards ? files.Reverse() : files)
        {
            string copy = Path.Combine(target, Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.GetFiles(folder).Concat(Directory.GetDirectories(folder)
            .Where(child => !Left.Contains(Path.GetFileName(child))).SelectMany(FilesIn));

    private static async Task<string> PackAsync(string root)
    {
        // The solution names projects that aren't copied.
        var pack = new ProcessStartInfo("dotnet",
            ["pack", "src/CogRecover.Package", "-c", "Release", "-o", "out", "-nodeReuse:false"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(pack)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(root, "out")
            : throw new InvalidOperationException(output + await errors);
    }
}
