using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Whether a subdomain is free: no account in the world has it, live or deleted.</summary>
internal sealed class DomainEndpoints(ArmState state)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapArm(
        "POST", "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/checkDomainAvailability",
        ArmType.DomainAvailability, CheckAsync);

    private async Task CheckAsync(HttpContext http)
    {
        var body = await http.ReadObjectAsync();
        var name = body.Text("subdomainName") ?? throw ArmException.InvalidContent("'subdomainName' is missing");
        if (body.Text("type") is null) throw ArmException.InvalidContent("'type' is missing");
        bool isTaken;
        using (state.Enter()) isTaken = state.IsSubDomainTaken(name, default);
        // The documentation's samples show an empty type, and an empty reason where the name is free.
        await http.WriteAsync(200, new
        {
            IsSubdomainAvailable = !isTaken,
            Reason = isTaken ? $"Sub domain name '{name}' is already used. Please pick a different name." : "",
            SubdomainName = name,
            Type = "",
        });
    }
}
