using System.Globalization;
using CogRecover.Package;

// Called by Pack.targets, and no command for people.
if (args is not [string stage, string assets, string nuspec, string output, string time])
{
    Console.Error.WriteLine("Run 'dotnet pack -c Release -o out' at the root.");
    return 2;
}

try
{
    var module = StagedModule.Read(stage);
    Directory.CreateDirectory(output);
    Nuspec.Write(module, nuspec);
    ModuleArchive.Write(module, Path.Combine(output, $"{module.Name}.zip"),
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
    BillOfMaterials.Write(module, ShippedPackages.Read(assets),
        Path.Combine(output, $"{module.Name}.{module.Version}.cdx.json"));
    return 0;
}
catch (InvalidDataException e)
{
    // The form in which MSBuild takes a line for an error.
    Console.Error.WriteLine($"CogRecover.Package : error : {e.Message}");
    return 1;
}
