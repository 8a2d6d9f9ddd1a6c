using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>One way to map a route: with the type of resource whose api-versions it takes.</summary>
internal static class ArmRoutes
{
    public static void MapArm(
        this IEndpointRouteBuilder routes, string method, string pattern, ArmType type, RequestDelegate answer) =>
        routes.MapMethods(pattern, [method], answer).WithMetadata(type);
}
