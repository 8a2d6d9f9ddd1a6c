namespace CogRecover.Module.Tests.SignIn;

/// <summary>Sets the variable that lets Az.Accounts write plain tokens, until it is disposed. It is the process's: the
/// classes that set it are in one collection, and all others do as well with either.</summary>
internal sealed class TokenOption : IDisposable
{
    public const string Collection = "Token option";

    private const string Name = "AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN";

    private readonly string? before = Environment.GetEnvironmentVariable(Name);

    /// <param name="value">True for plain tokens; null for no variable.</param>
    public TokenOption(string? value) => Environment.SetEnvironmentVariable(Name, value);

    public void Dispose() => Environment.SetEnvironmentVariable(Name, before);
}
