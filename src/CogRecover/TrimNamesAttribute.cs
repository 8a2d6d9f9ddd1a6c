using System.Management.Automation;

namespace CogRecover;

/// <summary>
/// Leaves out blank names and the blanks around the others. Where nothing is left, the argument stays as it was given,
/// for a validation to refuse: nothing must never stand for everything.
/// </summary>
internal sealed class TrimNamesAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        string[] names = given switch
        {
            string name => GivenNames.Trim([name]),
            object[] list when Array.TrueForAll(list, item => item is null or string or PSObject { BaseObject: string }) =>
                GivenNames.Trim([.. list.Select(item => $"{item}")]),
            _ => [],
        };
        return names.Length > 0 ? names : inputData;
    }
}
