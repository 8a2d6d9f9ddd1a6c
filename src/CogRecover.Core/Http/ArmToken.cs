namespace CogRecover.Core.Http;

/// <summary>A bearer token for Azure Resource Manager. ToString doesn't show it.</summary>
/// <param name="value">The token.</param>
/// <param name="expiresOn">When it expires.</param>
internal sealed class ArmToken(string value, DateTimeOffset expiresOn)
{
    /// <summary>When the token expires.</summary>
    public DateTimeOffset ExpiresOn { get; } = expiresOn;

    public string Value { get; } = value;
}
