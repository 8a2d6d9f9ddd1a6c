namespace CogRecover.Core.Http;

/// <summary>A bearer token for Azure Resource Manager. ToString doesn't show it.</summary>
internal sealed class ArmToken(string value, DateTimeOffset expiresOn)
{
    public string Value => value;
    public DateTimeOffset ExpiresOn => expiresOn;
}
