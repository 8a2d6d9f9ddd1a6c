using System.Reflection;
using CogRecover.Sandbox.Host;
using Mono.Cecil;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>
/// The staged module's assemblies for one framework, read and not loaded, and what they are resolved against.
/// </summary>
internal sealed class ShippedAssemblies : IDisposable
{
    private readonly Resolver resolver;

    /// <summary>Opens the assemblies that ship for a framework.</summary>
    /// <param name="framework">The folder that they ship in.</param>
    /// <param name="references">The folders that everything else is looked up in.</param>
    public ShippedAssemblies(string framework, params string[] references)
    {
        string folder = Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "bin", framework);
        resolver = new Resolver([folder, .. references]);
        All = Directory.GetFiles(folder, "*.dll").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => resolver.Read(file).MainModule);
    }

    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    public static string[] NetFramework { get; } =
        [Metadata("NetFramework"), Path.Combine(Metadata("NetFramework"), "Facades")];

    /// <summary>The PowerShell that 5.1 and 7 share.</summary>
    public static string PowerShellStandard { get; } = Path.Combine(Metadata("PowerShellStandard"), "netstandard2.0");

    /// <summary>The assemblies by name.</summary>
    public Dictionary<string, ModuleDefinition> All { get; }

    /// <summary>The version in which .NET Framework has an assembly; null if it hasn't.</summary>
    public static Version? OfNetFramework(string name) =>
        NetFramework.Select(folder => Path.Combine(folder, name + ".dll")).Where(File.Exists)
            .Select(file => AssemblyName.GetAssemblyName(file).Version).FirstOrDefault();

    /// <summary>The names of what an assembly needs that ships too, and what that needs, and so on.</summary>
    public HashSet<string> Closure(string name)
    {
        HashSet<string> found = [];
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out string? next))
        {
            if (!found.Add(next)) continue;
            foreach (AssemblyNameReference reference in All[next].AssemblyReferences)
                if (All.ContainsKey(reference.Name)) open.Enqueue(reference.Name);
        }

        return found;
    }

    /// <summary>The version in which a reference finds an assembly that doesn't ship; null if it finds none.</summary>
    public Version? Given(AssemblyNameReference reference) => resolver.Find(reference.Name)?.Name.Version;

    /// <summary>The types and members that an assembly uses of others.</summary>
    public static IEnumerable<MemberReference> Used(ModuleDefinition module) =>
    [
        .. module.GetTypeReferences(),
        // The runtime itself has the members of arrays.
        .. module.GetMemberReferences().Where(member => member.DeclaringType is not ArrayType),
    ];

    /// <summary>Whether what an assembly uses is where it is looked for.</summary>
    public static bool Exists(MemberReference used) => used switch
    {
        TypeReference type => type.Resolve() is not null,
        MethodReference method => method.Resolve() is not null,
        FieldReference field => field.Resolve() is not null,
        _ => false,
    };

    /// <summary>Closes the assemblies.</summary>
    public void Dispose() => resolver.Dispose();

    private static string Metadata(string key) => typeof(ShippedAssemblies).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    // By name alone, as what ships and is redirected is found.
    private sealed class Resolver(string[] folders) : IAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition?> read = [];

        public AssemblyDefinition Read(string file)
        {
            var assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = this });
            read[Path.GetFileNameWithoutExtension(file)] = assembly;
            return assembly;
        }

        public AssemblyDefinition? Find(string name)
        {
            if (read.TryGetValue(name, out AssemblyDefinition? assembly)) return assembly;
            string? file = folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
            return read[name] = file is null ? null : Read(file);
        }

        public AssemblyDefinition? Resolve(AssemblyNameReference name) => Find(name.Name);

        public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Find(name.Name);

        public void Dispose()
        {
            foreach (AssemblyDefinition? assembly in read.Values) assembly?.Dispose();
        }
    }
}
