using CogRecover.Module.Tests.Packaging;
using CogRecover.Sandbox.Host;
using Mono.Cecil;

namespace CogRecover.Module.Tests.Structure;

/// <summary>
/// What keeps the product readable. A test also fails where an exception that is listed here is none any more.
/// </summary>
public sealed class StructureTests
{
    private const int LongestFile = 200;
    private const int LongestLine = 120;

    // What keeps something for the process, in one field each, and why.
    private static readonly Dictionary<string, string> Statics = new()
    {
        ["CogRecover.Completion.CompletionCache"] = "Tab completion has no command to keep what it read.",
        ["CogRecover.Core.Http.ArmSession"] = "All commands keep one pace, and a later one resumes what one began.",
    };

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void No_two_namespaces_of_an_assembly_know_each_other(string framework)
    {
        using var shipped = new ShippedAssemblies(framework);

        AssertNoCircle(Product(shipped));
    }

    [Fact]
    public void No_two_namespaces_of_the_sandbox_know_each_other()
    {
        using var sandbox = ModuleDefinition.ReadModule(typeof(ModuleShell).Assembly.Location);

        AssertNoCircle(sandbox);
    }

    [Fact]
    public void A_circle_is_found_where_there_is_one()
    {
        using var shipped = new ShippedAssemblies("net8.0");
        var graph = new NamespaceGraph(shipped.All["Azure.ResourceManager"]);

        string[] circle = graph.Circles.Single(members => members.Contains("Azure.ResourceManager"));

        Assert.Contains("Azure.ResourceManager -> Azure.ResourceManager.Resources: ", graph.Describe(circle),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_the_product_is_too_long_to_read_at_once_and_no_line_too_wide()
    {
        string sources = Path.Combine(PackedModule.Root, "src");
        Assert.SkipUnless(Directory.Exists(sources), "The module isn't beside its sources.");

        IEnumerable<string> tooLong =
            from project in new[] { "CogRecover", "CogRecover.Core", "CogRecover.Model" }
            from file in Directory.GetFiles(Path.Combine(sources, project), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(sources, file).Replace('\\', '/')
            where path.Split('/')[1] is not ("bin" or "obj")
            let lines = File.ReadAllLines(file)
            where lines.Length > LongestFile || lines.Any(line => line.Length > LongestLine)
            select path;

        Assert.Empty(tooLong);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void No_state_is_static_or_flows_with_the_context(string framework)
    {
        using var shipped = new ShippedAssemblies(framework);
        FieldDefinition[] fields =
            [.. Product(shipped).SelectMany(module => module.GetTypes()).SelectMany(type => type.Fields)];

        Assert.DoesNotContain(fields, field => field.FieldType.FullName.Contains("AsyncLocal", StringComparison.Ordinal));
        Assert.Equal(
            Statics.Keys.Order(StringComparer.Ordinal),
            fields.Where(field => IsMutable(field) || (field.IsStatic && HoldsState(field.FieldType, [])))
                .Select(field => field.DeclaringType.FullName).Order(StringComparer.Ordinal));
    }

    // PowerShell sets init properties as it does any other.
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void Nobody_can_change_what_a_command_writes(string framework)
    {
        using var shipped = new ShippedAssemblies(framework);
        TypeDefinition[] types = [.. shipped.All["CogRecover.Model"].GetTypes().Where(type => type.IsPublic)];

        Assert.Contains(types, type => type.Name == "DeletedCognitiveAccount");
        Assert.Empty(
            from type in types
            from property in type.Properties
            where property.SetMethod is { IsPublic: true }
            select property.FullName);
        Assert.Empty(
            from type in types
            from field in type.Fields
            where field is { IsPublic: true, IsLiteral: false, IsSpecialName: false }
            select field.FullName);
    }

    private static void AssertNoCircle(params ModuleDefinition[] modules)
    {
        IEnumerable<string> circles =
            from module in modules
            let graph = new NamespaceGraph(module)
            from circle in graph.Circles
            select string.Join(", ", circle) + Environment.NewLine + graph.Describe(circle);

        Assert.True(!circles.Any(), string.Join(Environment.NewLine, circles));
    }

    private static ModuleDefinition[] Product(ShippedAssemblies shipped) =>
        [shipped.All["CogRecover"], shipped.All["CogRecover.Core"], shipped.All["CogRecover.Model"]];

    // What the compiler generates to keep a delegate is none; the field behind a property is what the property is.
    private static bool IsMutable(FieldDefinition field) => field is { IsStatic: true, IsInitOnly: false }
        && !field.IsLiteral && (field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)
            || !(IsGenerated(field) || IsGeneratedWithin(field.DeclaringType)));

    private static bool HoldsState(TypeReference type, HashSet<TypeReference> seen) =>
        type.Namespace == "System.Collections.Concurrent"
        || (type is TypeDefinition definition && seen.Add(type)
            && definition.Fields.Any(field => !field.IsStatic && HoldsState(field.FieldType, seen)));

    private static bool IsGeneratedWithin(TypeDefinition? type) =>
        type is not null && (IsGenerated(type) || IsGeneratedWithin(type.DeclaringType));

    private static bool IsGenerated(ICustomAttributeProvider provider) => provider.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");
}
