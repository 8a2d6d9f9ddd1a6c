using System.IO.Compression;

namespace CogRecover.Package;

/// <summary>
/// The module as Azure Automation takes it: a zip with one folder, and zip, folder and manifest have the module's
/// name. The portal takes the module's name from the zip's, so that has no version in it.
/// </summary>
internal static class ModuleArchive
{
    // rw-r--r-- of a plain file, where the zip is unpacked on Unix.
    private const int Permissions = 0x81A4 << 16;

    /// <summary>Writes the zip: the same bytes for the same module, wherever and whenever that is.</summary>
    public static void Write(StagedModule module, string file, DateTimeOffset time)
    {
        using var archive = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        foreach (string path in module.Files)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{module.Name}/{path}", CompressionLevel.SmallestSize);
            entry.LastWriteTime = time;
            entry.ExternalAttributes = Permissions;
            using Stream content = entry.Open();
            using FileStream source = File.OpenRead(module.PathOf(path));
            source.CopyTo(content);
        }
    }
}
