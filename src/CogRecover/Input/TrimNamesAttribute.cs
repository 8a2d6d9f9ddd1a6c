using System.Collections;
using System.Management.Automation;

namespace CogRecover.Input;

/// <summary>
/// Leaves out blank names and the blanks around the others. An object isn't taken for a name: its text says less than
/// the object, and its properties are bound instead where it is piped in.
/// </summary>
internal sealed class TrimNamesAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = Unwrap(inputData);
        object?[] items = given is IEnumerable list and not (string or IDictionary)
            ? [.. list.Cast<object?>().Select(Unwrap)]
            : [given];
        if (Array.Find(items, item => item is not (null or IConvertible)) is { } other)
        {
            // PowerShell takes this for a conversion that it could have failed at itself, and binds the properties.
            string message = $"A {other.GetType().Name} is no name. Pipe it in, or give its name.";
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        return Array.TrueForAll(items, item => item is null or string)
            ? GivenNames.Trim([.. items.Select(item => $"{item}")])
            : inputData;
    }

    private static object? Unwrap(object? given) =>
        given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
}
