using System.Text.Json;
using System.Xml.Linq;

namespace CogRecover.Package;

/// <summary>A package that files of the module come from.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="License">An SPDX expression or, where the package states none, the address of its license.</param>
internal sealed record ShippedPackage(string Name, string Version, string License);

/// <summary>The packages that the module's projects were restored with.</summary>
internal sealed class ShippedPackages
{
    // The address that the packages of that time give for the MIT license.
    private const string CorefxLicense = "https://github.com/dotnet/corefx/blob/master/LICENSE.TXT";

    private readonly JsonElement assets;
    private readonly string[] folders;

    private ShippedPackages(JsonElement assets)
    {
        this.assets = assets;
        folders = [.. assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }

    /// <summary>Reads what <c>dotnet restore</c> wrote for the module.</summary>
    /// <exception cref="InvalidDataException">It isn't there.</exception>
    public static ShippedPackages Read(string assetsFile)
    {
        if (!File.Exists(assetsFile))
            throw new InvalidDataException($"'{assetsFile}' isn't there. Run 'dotnet restore' at the root first.");
        return new ShippedPackages(JsonDocument.Parse(File.ReadAllBytes(assetsFile)).RootElement);
    }

    /// <summary>The package that a shipped assembly comes from.</summary>
    /// <param name="framework">The folder that it ships in: <c>net8.0</c> or <c>net472</c>.</param>
    /// <param name="assembly">The file that ships.</param>
    /// <returns>Null where one of the module's own projects makes it.</returns>
    /// <exception cref="InvalidDataException">It comes from nowhere, or isn't what is in its package.</exception>
    public ShippedPackage? Of(string framework, string assembly)
    {
        string name = Path.GetFileName(assembly);
        if (name == Own(assets.GetProperty("project").GetProperty("restore").GetProperty("projectName").GetString()!))
            return null;

        foreach (JsonProperty library in Target(framework).EnumerateObject())
        {
            (string id, string version) = (library.Name.Split('/')[0], library.Name.Split('/')[1]);
            if (library.Value.GetProperty("type").GetString() == "project" && name == Own(id)) return null;
            if (!library.Value.TryGetProperty("runtime", out JsonElement runtime)) continue;
            foreach (JsonProperty file in runtime.EnumerateObject())
            {
                if (Path.GetFileName(file.Name) != name) continue;
                string folder = FolderOf(library.Name);
                if (!File.ReadAllBytes(Path.Combine(folder, file.Name)).AsSpan().SequenceEqual(
                    File.ReadAllBytes(assembly)))
                    throw new InvalidDataException($"'{assembly}' isn't the one of {library.Name}.");
                return new ShippedPackage(id, version, License(folder));
            }
        }

        throw new InvalidDataException($"'{assembly}' comes from no package and no project.");
    }

    private static string Own(string project) => project + ".dll";

    private static string License(string folder)
    {
        XElement metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements()
            .Single(element => element.Name.LocalName == "metadata");
        XElement? stated = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license"
            && (string?)element.Attribute("type") == "expression");
        string license = (stated ?? metadata.Elements().First(element => element.Name.LocalName == "licenseUrl")).Value;
        return license == CorefxLicense ? "MIT" : license;
    }

    private JsonElement Target(string framework)
    {
        JsonElement targets = assets.GetProperty("targets");
        if (targets.TryGetProperty(framework, out JsonElement target)) return target;

        // As the first releases of the SDK 10 name it.
        return framework == "net472" && targets.TryGetProperty(".NETFramework,Version=v4.7.2", out target)
            ? target
            : throw new InvalidDataException($"Nothing was restored for '{framework}'.");
    }

    private string FolderOf(string library)
    {
        string path = assets.GetProperty("libraries").GetProperty(library).GetProperty("path").GetString()!;
        return folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists)
            ?? throw new InvalidDataException($"The package '{library}' isn't in a package folder.");
    }
}
