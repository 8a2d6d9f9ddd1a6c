using System.Collections;
using System.Management.Automation;

namespace CogRecover;

/// <summary>
/// Leaves out blank names and the blanks around the others. A row isn't taken for a name as a whole: its properties are.
/// </summary>
internal sealed class TrimNamesAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = Unwrap(inputData);
        if (given is not (null or string or IConvertible or IEnumerable) or IDictionary or PSObject)
        {
            // PowerShell takes this for a conversion that it could have failed at itself, and binds the properties.
            string message = $"A {given.GetType().Name} is no name.";
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        object?[] items = given is IEnumerable list and not string ? [.. list.Cast<object?>().Select(Unwrap)] : [given];
        return Array.TrueForAll(items, item => item is null or string)
            ? GivenNames.Trim([.. items.Select(item => $"{item}")])
            : inputData;
    }

    private static object? Unwrap(object? given) =>
        given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
}
