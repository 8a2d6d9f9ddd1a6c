using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CogRecover.Package;

/// <summary>A module that is ready to ship: a folder with a manifest.</summary>
internal sealed class StagedModule
{
    private readonly Hashtable manifest;
    private readonly Hashtable gallery;

    private StagedModule(string folder, string name, Hashtable manifest)
    {
        Folder = folder;
        Name = name;
        this.manifest = manifest;
        gallery = (manifest["PrivateData"] as Hashtable)?["PSData"] as Hashtable
            ?? throw new InvalidDataException("The manifest has no PrivateData.PSData.");
        Files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The module's folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>The manifest's name, which is the module's.</summary>
    public string Name { get; }

    /// <summary>Every file of the module as a path in its folder, with slashes, in ordinal order.</summary>
    public string[] Files { get; }

    /// <summary>The manifest's <c>ModuleVersion</c>.</summary>
    public string Version => Required("ModuleVersion");

    /// <summary>The manifest's <c>CmdletsToExport</c>.</summary>
    public string[] Cmdlets => Names(manifest["CmdletsToExport"]);

    /// <summary>The tags for the gallery's search.</summary>
    public string[] Tags => Names(gallery["Tags"]);

    /// <summary>The modules that have to be there: names with their lowest versions.</summary>
    public IEnumerable<(string Name, string Version)> RequiredModules =>
        ((IEnumerable)(manifest["RequiredModules"] ?? Array.Empty<object>())).Cast<object>()
            .Select(module => module is PSObject wrapped ? wrapped.BaseObject : module)
            .Select(module => module is Hashtable { Count: 2 } required
                && required["ModuleName"] is string name && required["ModuleVersion"] is string version
                    ? (name, version)
                    : throw new InvalidDataException("A required module needs ModuleName and ModuleVersion."));

    /// <summary>Reads a module's manifest as an import does: by PowerShell, in its restricted language.</summary>
    /// <exception cref="InvalidDataException">It isn't there, or no manifest.</exception>
    public static StagedModule Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        string[] manifests = Directory.GetFiles(folder, "*.psd1");
        if (manifests.Length != 1)
            throw new InvalidDataException($"'{folder}' has {manifests.Length} manifests. Build the module first.");

        string text = File.ReadAllText(manifests[0]);
        try
        {
            ScriptBlock.Create(text).CheckRestrictedLanguage([], ["PSEdition"], allowEnvironmentVariables: false);
        }
        catch (ParseException e)
        {
            throw new InvalidDataException($"'{manifests[0]}' is no manifest: {e.Message}", e);
        }

        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        return shell.AddScript(text).Invoke() is [{ BaseObject: Hashtable manifest }]
            ? new StagedModule(folder, Path.GetFileNameWithoutExtension(manifests[0]), manifest)
            : throw new InvalidDataException($"'{manifests[0]}' is no manifest.");
    }

    /// <summary>The full path of a file of the module.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>A text of the manifest.</summary>
    /// <exception cref="InvalidDataException">It has none of that name.</exception>
    public string Required(string key) => Text(manifest, key);

    /// <summary>A text that the manifest has for the gallery.</summary>
    /// <exception cref="InvalidDataException">It has none of that name.</exception>
    public string RequiredForGallery(string key) => Text(gallery, key);

    private static string Text(Hashtable table, string key) =>
        table[key] is string { Length: > 0 } text
            ? text.Trim()
            : throw new InvalidDataException($"The manifest has no {key}.");

    private static string[] Names(object? value) =>
        [.. ((IEnumerable)(value ?? Array.Empty<object>())).Cast<object>().Select(name => name.ToString()!)];
}
