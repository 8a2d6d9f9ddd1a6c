using System.Xml.Linq;

namespace CogRecover.Package;

/// <summary>
/// Says of the package what <c>Publish-Module</c> would, so that the PowerShell Gallery shows and finds it: all of it
/// is the manifest's.
/// </summary>
internal static class Nuspec
{
    private static readonly XNamespace Schema = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";

    /// <summary>Writes the file that <c>dotnet pack</c> packs by.</summary>
    /// <exception cref="InvalidDataException">The manifest lacks something.</exception>
    public static void Write(StagedModule module, string file)
    {
        var metadata = new XElement(Schema + "metadata",
            Element("id", module.Name),
            Element("version", module.Version),
            Element("authors", module.Required("Author")),
            Element("owners", module.Required("CompanyName")),
            Element("requireLicenseAcceptance", "false"),
            Element("licenseUrl", module.RequiredForGallery("LicenseUri")),
            Element("projectUrl", module.RequiredForGallery("ProjectUri")),
            Element("iconUrl", module.RequiredForGallery("IconUri")),
            Element("description", module.Required("Description")),
            Element("releaseNotes", module.RequiredForGallery("ReleaseNotes")),
            Element("copyright", module.Required("Copyright")),
            Element("tags", string.Join(' ', Tags(module))),
            new XElement(Schema + "dependencies", module.RequiredModules.Select(required =>
                new XElement(Schema + "dependency",
                    new XAttribute("id", required.Name), new XAttribute("version", required.Version)))));
        var files = new XElement(Schema + "files", module.Files.Select(path =>
            new XElement(Schema + "file", new XAttribute("src", path), new XAttribute("target", path))));

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        new XDocument(new XElement(Schema + "package", metadata, files)).Save(file);
    }

    // The gallery finds a command by the tags that the publishing cmdlet adds.
    private static IEnumerable<string> Tags(StagedModule module) =>
    [
        .. module.Tags, "PSModule", "PSIncludes_Cmdlet",
        .. module.Cmdlets.Select(cmdlet => "PSCmdlet_" + cmdlet),
        .. module.Cmdlets.Select(cmdlet => "PSCommand_" + cmdlet),
    ];

    private static XElement Element(string name, string text) => new(Schema + name, text);
}
