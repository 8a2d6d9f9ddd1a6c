using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CogRecover.Module.Tests.Packaging;

/// <summary>
/// What can be said of the build for Windows PowerShell 5.1 without one: read from its assemblies, held against the
/// reference assemblies of .NET Framework 4.7.2 and of PowerShell Standard 5.1.
/// </summary>
public sealed class WindowsPowerShellTests : IDisposable
{
    private readonly ShippedAssemblies shipped = new(
        "net472", [.. ShippedAssemblies.NetFramework, ShippedAssemblies.PowerShellStandard]);

    public void Dispose() => shipped.Dispose();

    [Fact]
    public void Each_assembly_finds_what_it_refers_to_in_the_module_or_in_NET_Framework()
    {
        IEnumerable<string> missing =
            from module in shipped.All.Values
            from reference in module.AssemblyReferences
            where !shipped.All.ContainsKey(reference.Name)
                && !(shipped.Given(reference) >= reference.Version)
            select $"{module.Assembly.Name.Name} -> {reference.FullName}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Each_assembly_that_ships_is_needed()
    {
        HashSet<string> needed = shipped.Closure("CogRecover");
        Assert.Equal(shipped.All.Keys.Order(), needed.Order());
        Assert.All(shipped.All.Values, module => Assert.False(
            ShippedAssemblies.OfNetFramework(module.Assembly.Name.Name) >= module.Assembly.Name.Version,
            $"{module.Assembly.Name} is in .NET Framework."));
    }

    [Fact]
    public void What_is_asked_for_in_another_version_than_ships_is_redirected_and_nothing_else()
    {
        IEnumerable<string> other =
            from module in shipped.All.Values
            from reference in module.AssemblyReferences
            where shipped.All.TryGetValue(reference.Name, out ModuleDefinition? ships)
                && ships.Assembly.Name.Version != reference.Version
            select reference.Name;

        TypeDefinition resolver = shipped.All["CogRecover"].GetType("CogRecover.Isolation.EngineAssemblies");
        IEnumerable<string> redirected = resolver.Methods.Single(method => method.Name == ".cctor").Body.Instructions
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr)
            .Select(instruction => (string)instruction.Operand)
            .Where(text => text.Length > 0);

        Assert.Equal(other.Distinct().Order(), redirected.Order());
    }

    [Fact]
    public void Each_type_and_member_that_is_used_is_there()
    {
        IEnumerable<string> missing =
            from module in shipped.All.Values
            from used in ShippedAssemblies.Used(module)
            where !ShippedAssemblies.Exists(used)
            select $"{module.Assembly.Name.Name}: {used.FullName}";

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void The_cmdlets_use_no_more_of_PowerShell_than_what_5_1_and_7_share(string framework)
    {
        using var build = new ShippedAssemblies(framework, ShippedAssemblies.PowerShellStandard);
        MemberReference[] used =
        [
            .. ShippedAssemblies.Used(build.All["CogRecover"]).Where(used =>
                (used.DeclaringType ?? (TypeReference)used).Scope.Name == "System.Management.Automation"),
        ];

        Assert.NotEmpty(used);
        Assert.All(used, member => Assert.True(ShippedAssemblies.Exists(member), member.FullName));
        Assert.DoesNotContain(build.All.Values.SelectMany(module => module.AssemblyReferences), reference =>
            reference.Name.StartsWith("Microsoft.PowerShell.", StringComparison.Ordinal));
    }
}
