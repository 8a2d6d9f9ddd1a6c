namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What ARM says to requests that no route answers.</summary>
internal static class UnknownRoute
{
    public static ArmException Refuse(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var providers = Array.FindLastIndex(
            segments, one => one.Equals("providers", StringComparison.OrdinalIgnoreCase));
        if (providers < 0 || providers + 1 >= segments.Length)
            return new(404, "NotFound", $"No HTTP resource was found that matches '{http.Request.Path}'.");
        // Types and names take turns: accounts/{name}/deployments/{name}.
        var type = string.Join('/', segments[(providers + 2)..].Where((_, index) => index % 2 == 0));
        return ProviderEndpoints.Unknown(segments[providers + 1], type, http.ApiVersion());
    }
}
