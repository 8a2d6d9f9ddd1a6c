namespace CogRecover.Input;

/// <summary>Refuses a hashtable as an account, and names the parameter that takes it. PowerShell tries that one next if
/// the hashtable is piped in.</summary>
internal sealed class RefuseHashtableAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (given is not IDictionary && !(given is object?[] list && Array.Exists(list, item => item is IDictionary)))
            return inputData;

        // An exception of any other type would end the binding.
        const string message =
            "A hashtable isn't an account. Pipe it in, or give it as -Row: its keys are the names of parameters.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
