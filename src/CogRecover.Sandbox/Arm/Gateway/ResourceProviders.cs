using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>The resource providers that an ARM has, and the types they know.</summary>
internal sealed class ResourceProviders
{
    private readonly ILookup<string, ArmType> namespaces =
        ArmType.All.ToLookup(type => type.Namespace, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<IGrouping<string, ArmType>> All => namespaces;

    public IGrouping<string, ArmType> Get(string name) =>
        namespaces.FirstOrDefault(one => one.Key.Is(name))
        ?? throw ArmException.InvalidNamespace(name);

    /// <summary>What ARM says to a request that no route answers.</summary>
    public ArmException Refuse(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var providers = Array.FindLastIndex(segments, one => one.Is("providers"));
        if (providers < 0 || providers + 1 >= segments.Length)
            return new(404, "NotFound", $"No HTTP resource was found that matches '{http.Request.Path}'.");
        var provider = segments[providers + 1];
        // Types and names take turns: accounts/{name}/deployments/{name}.
        var type = string.Join('/', segments[(providers + 2)..].Where((_, index) => index % 2 == 0));
        return namespaces.Contains(provider)
            ? ArmException.InvalidType(type, provider, http.ApiVersion())
            : ArmException.InvalidNamespace(provider);
    }
}
