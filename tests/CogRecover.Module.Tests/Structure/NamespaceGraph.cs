using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CogRecover.Module.Tests.Structure;

/// <summary>Which namespaces of an assembly use which others of it, and by which types.</summary>
/// <remarks>
/// A nested type counts for its outer one, and so does what the compiler generates. A constant leaves no trace where it
/// is used.
/// </remarks>
internal sealed class NamespaceGraph
{
    // From a namespace to those that it uses, each with a type that does.
    private readonly SortedDictionary<string, SortedDictionary<string, string>> uses = new(StringComparer.Ordinal);

    /// <summary>Reads an assembly.</summary>
    public NamespaceGraph(ModuleDefinition module)
    {
        foreach (TypeDefinition type in module.GetTypes())
        {
            string user = NamespaceOf(type);
            foreach (TypeReference used in UsedBy(type).SelectMany(Parts))
            {
                string other = NamespaceOf(used);
                if (used.Scope != module || user.Length == 0 || other.Length == 0 || other == user) continue;
                if (!uses.TryGetValue(user, out var others)) uses[user] = others = new(StringComparer.Ordinal);
                others.TryAdd(other, $"{Outermost(type).Name} uses {Outermost(used).Name}");
            }
        }
    }

    /// <summary>The namespaces that can each be reached from all others of the same group.</summary>
    public IEnumerable<string[]> Circles =>
        from member in uses.Keys
        let circle = (string[])[.. uses.Keys.Where(other => Reaches(member, other) && Reaches(other, member))]
        where circle.Length > 1 && circle[0] == member
        select circle;

    /// <summary>The uses that make a circle.</summary>
    public string Describe(string[] circle) => string.Join(Environment.NewLine,
        from member in circle
        from used in uses[member]
        where circle.Contains(used.Key)
        select $"{member} -> {used.Key}: {used.Value}");

    private bool Reaches(string from, string to)
    {
        HashSet<string> seen = [];
        var open = new Stack<string>([from]);
        while (open.TryPop(out string? next))
        {
            if (next == to) return true;
            if (!seen.Add(next) || !uses.TryGetValue(next, out var others)) continue;
            foreach (string other in others.Keys) open.Push(other);
        }

        return false;
    }

    private static string NamespaceOf(TypeReference type) => Outermost(type).Namespace;

    private static TypeReference Outermost(TypeReference type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. Constraints(type),
        .. AttributesOf(type).SelectMany(Attribute),
        .. type.Methods.SelectMany(UsedBy),
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method) =>
    [
        .. Signature(method),
        .. Constraints(method),
        .. method.Overrides.SelectMany(Signature),
        .. method.HasBody ? UsedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            MethodReference method => Signature(method),
            FieldReference field => [field.DeclaringType, field.FieldType],
            CallSite call => [call.ReturnType, .. call.Parameters.Select(parameter => parameter.ParameterType)],
            _ => Enumerable.Empty<TypeReference?>(),
        }),
    ];

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod instance ? instance.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints)
            .Select(constraint => constraint.ConstraintType);

    private static IEnumerable<CustomAttribute> AttributesOf(TypeDefinition type) =>
        new ICustomAttributeProvider[] { type }
            .Concat(type.Fields).Concat(type.Properties).Concat(type.Events).Concat(type.Methods)
            .Concat(type.GenericParameters)
            .Concat(type.Methods.SelectMany(method => method.Parameters))
            .Concat(type.Methods.SelectMany(method => method.GenericParameters))
            .Concat(type.Methods.Select(method => method.MethodReturnType))
            .SelectMany(provider => provider.CustomAttributes);

    private static IEnumerable<TypeReference?> Attribute(CustomAttribute attribute) =>
        attribute.ConstructorArguments
            .Concat(attribute.Fields.Concat(attribute.Properties).Select(named => named.Argument))
            .SelectMany(Argument)
            .Prepend(attribute.AttributeType);

    private static IEnumerable<TypeReference?> Argument(CustomAttributeArgument argument) => argument.Value switch
    {
        CustomAttributeArgument boxed => Argument(boxed),
        CustomAttributeArgument[] array => array.SelectMany(Argument).Prepend(argument.Type),
        TypeReference type => [argument.Type, type],
        _ => [argument.Type],
    };

    /// <summary>The types that a type is made of: itself, its element, its generic arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        FunctionPointerType pointer =>
            pointer.Parameters.Select(parameter => parameter.ParameterType).Append(pointer.ReturnType).SelectMany(Parts),
        GenericInstanceType instance => instance.GenericArguments.Append(instance.ElementType).SelectMany(Parts),
        IModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
