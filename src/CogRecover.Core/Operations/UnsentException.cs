namespace CogRecover.Core.Operations;

/// <summary>Keeps a request from being sent, as a look right before it has shown that it must not be, or need not. It
/// goes through the pipeline of the library, and never reaches a caller of the engine.</summary>
/// <param name="failure">Why it must not be sent; null if what it would do is done, or under way.</param>
internal sealed class UnsentException(RecoveryException? failure) : Exception(failure?.Message, failure)
{
    /// <summary>Why it must not be sent; null if what it would do is done, or under way.</summary>
    public RecoveryException? Failure => failure;

    /// <summary>Finds it in what the library throws.</summary>
    public static UnsentException? In(Exception e) => e switch
    {
        UnsentException unsent => unsent,
        AggregateException { InnerExceptions: [.., var last] } => In(last),
        _ => null,
    };
}
