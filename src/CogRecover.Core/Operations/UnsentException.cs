namespace CogRecover.Core.Operations;

/// <summary>Keeps a request from being sent: the check right before it has shown that it must not be sent, or needn't
/// be. It passes through the library's pipeline, and never reaches a caller of the engine.</summary>
/// <param name="failure">Why it must not be sent; null if what it would do is done, or under way.</param>
internal sealed class UnsentException(RecoveryException? failure) : Exception(failure?.Message, failure)
{
    /// <summary>Why it must not be sent; null if what it would do is done, or under way.</summary>
    public RecoveryException? Failure => failure;
}
