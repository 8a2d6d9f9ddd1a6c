using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogRecover.Package;

/// <summary>
/// What ships, as a CycloneDX 1.6 document: each file with its hash, below the package that it comes from. The
/// module's own files are below the module. What is needed to build, or restored and left out, isn't in it.
/// </summary>
/// <remarks>
/// It has neither a serial number nor a time, which the specification leaves open: both would differ from build to
/// build.
/// </remarks>
internal static class BillOfMaterials
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes the document.</summary>
    /// <exception cref="InvalidDataException">A file comes from nowhere.</exception>
    public static void Write(StagedModule module, ShippedPackages packages, string file)
    {
        ILookup<ShippedPackage?, string> files = module.Files.ToLookup(path => PackageOf(module, packages, path));
        ShippedPackage[] shipped =
        [
            .. files.Select(group => group.Key).OfType<ShippedPackage>()
                .OrderBy(package => package.Name, StringComparer.Ordinal)
                .ThenBy(package => package.Version, StringComparer.Ordinal),
        ];
        JsonObject component =
            Component($"{module.Name}@{module.Version}", module.Name, module.Version, "MIT", files[null], module);
        component["description"] = module.Required("Description");
        component["externalReferences"] = new JsonArray(
            new JsonObject { ["type"] = "website", ["url"] = module.RequiredForGallery("ProjectUri") });

        var document = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = component },
            ["components"] = new JsonArray([.. shipped.Select(package =>
                PackageComponent(package, files[package], module))]),
            ["dependencies"] = new JsonArray(new JsonObject
            {
                ["ref"] = (string)component["bom-ref"]!,
                ["dependsOn"] = new JsonArray([.. shipped.Select(package => (JsonNode)Address(package))]),
            }),
        };
        File.WriteAllText(file, document.ToJsonString(Format) + "\n");
    }

    private static ShippedPackage? PackageOf(StagedModule module, ShippedPackages packages, string path) =>
        path.Split('/') is ["bin", string framework, string assembly]
        && assembly.EndsWith(".dll", StringComparison.Ordinal)
            ? packages.Of(framework, module.PathOf(path))
            : null;

    private static string Address(ShippedPackage package) => $"pkg:nuget/{package.Name}@{package.Version}";

    private static JsonObject PackageComponent(
        ShippedPackage package, IEnumerable<string> files, StagedModule module)
    {
        JsonObject component =
            Component(Address(package), package.Name, package.Version, package.License, files, module);
        component["purl"] = Address(package);
        return component;
    }

    private static JsonObject Component(
        string reference, string name, string version, string license, IEnumerable<string> files, StagedModule module)
        => new()
        {
            ["type"] = "library",
            ["bom-ref"] = reference,
            ["name"] = name,
            ["version"] = version,
            ["licenses"] = new JsonArray(new JsonObject
            {
                ["license"] = license.Contains("://", StringComparison.Ordinal)
                    ? new JsonObject { ["name"] = license, ["url"] = license }
                    : new JsonObject { ["id"] = license },
            }),
            ["components"] = Files(module, files),
        };

    private static JsonArray Files(StagedModule module, IEnumerable<string> paths) =>
    [
        .. paths.Select(path => new JsonObject
        {
            ["type"] = "file",
            ["name"] = path,
            ["hashes"] = new JsonArray(new JsonObject
            {
                ["alg"] = "SHA-256",
                ["content"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(module.PathOf(path)))),
            }),
        }),
    ];
}
