using System.Diagnostics;
using System.IO.Compression;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>
/// The packages, made by <c>dotnet pack</c> in two copies of the sources that have folders of other names, and nothing
/// built. The second copy is packed twice: with other files first, and then as it is in the first copy.
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
        Array.ForEach(copies, Copy);
        string license = Path.Combine(copies[1], "LICENSE");
        string leftOver = Path.Combine(copies[1], "module", "LeftOver.txt");
        await File.WriteAllTextAsync(license, "No license.");
        await File.WriteAllTextAsync(leftOver, "Left over.");
        Outputs = await Task.WhenAll(copies.Select(PackAsync));
        File.Copy(Path.Combine(Root, "LICENSE"), license, overwrite: true);
        File.Delete(leftOver);
        await PackAsync(copies[1]);
        await ZipFile.ExtractToDirectoryAsync(Directory.GetFiles(Outputs[1], "*.nupkg").Single(), Gallery);
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(Outputs[1], "CogRecover.zip"), Path.GetDirectoryName(Automation)!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return default;
    }

    private static void Copy(string target)
    {
        IEnumerable<string> files =
        [
            .. Directory.GetFiles(Root),
            .. FilesIn(Path.Combine(Root, "module")),
            .. FilesIn(Path.Combine(Root, "src")),
        ];
        foreach (string file in files)
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
            ["pack", "src/CogRecover", "-c", "Release", "-o", "out", "-nodeReuse:false"])
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
