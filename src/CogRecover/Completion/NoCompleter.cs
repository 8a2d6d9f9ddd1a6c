namespace CogRecover.Completion;

/// <summary>Offers nothing, so that PowerShell doesn't offer the names of files.</summary>
public sealed class NoCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) => [];
}
