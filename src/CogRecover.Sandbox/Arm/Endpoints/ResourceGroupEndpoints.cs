using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Resource groups.</summary>
internal sealed class ResourceGroupEndpoints(
    ArmState state, GroupDeletion deletion, ArmOperations operations, ArmAccess access, SimulatedArmOptions options)
{
    private const string Subscription = "/subscriptions/{subscription}";

    private const string Groups = Subscription + "/resourceGroups";

    private const string Group = Groups + "/{group}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", Groups, ArmType.ResourceGroups, http => http.WritePageAsync(
            state.ResourceGroups.Where(group => group.SubscriptionId.Is(http.Route("subscription"))
                && access.MayRead(ArmType.ResourceGroups, group.SubscriptionId, group.Name)),
            options.PageSize,
            Document));
        routes.MapArm("GET", Group, ArmType.ResourceGroups, GetAsync);
        routes.MapArm("HEAD", Group, ArmType.ResourceGroups, HeadAsync);
        routes.MapArm("PUT", Group, ArmType.ResourceGroups, PutAsync);
        routes.MapArm("DELETE", Group, ArmType.ResourceGroups, DeleteAsync);
        routes.MapArm("GET", Subscription + "/operationresults/{operation}", ArmType.ResourceGroups, PollAsync);
    }

    private Task GetAsync(HttpContext http) => http.WriteAsync(200, Document(
        Find(http.GroupKey()) ?? throw ArmException.ResourceGroupNotFound(http.Route("group"))));

    private Task HeadAsync(HttpContext http) => http.EndAsync(Find(http.GroupKey()) is null ? 404 : 204);

    private async Task PutAsync(HttpContext http)
    {
        var request = new AccountRequest(await http.ReadObjectAsync());
        var location = request.Location ?? throw ArmException.LocationRequired();
        if (!AzureLocation.IsRegion(location)) throw ArmException.LocationNotAvailableForGroup(location);
        var key = http.GroupKey();
        ResourceGroup? existing, group;
        using (state.Enter())
        {
            existing = state.Group(key);
            if (existing is not null && !AzureLocation.Same(existing.Location, location))
                throw new ArmException(409, "InvalidResourceGroupLocation",
                    $"Invalid resource group location '{location}'. The Resource group already exists in location " +
                    $"'{existing.Location}'.");
            group = state.Put((existing ?? new(key.SubscriptionId, key.ResourceGroupName, location)) with
            {
                Tags = request.Tags,
            });
        }

        await http.WriteAsync(existing is null ? 201 : 200, Document(group));
    }

    private Task DeleteAsync(HttpContext http)
    {
        var operation = deletion.Start(http.GroupKey(), http.CorrelationId());
        return FollowAsync(http, $"{http.BaseUri()}/subscriptions/{operation.SubscriptionId}" +
            $"/operationresults/{operation.Id}?api-version={http.ApiVersion()}");
    }

    private Task PollAsync(HttpContext http) =>
        operations.Find(http.Route("operation")).EndTime > state.Now
            ? FollowAsync(http, http.BaseUri() + http.RawTarget())
            : http.EndAsync(200);

    private static Task FollowAsync(HttpContext http, string location)
    {
        http.Response.Headers.RetryAfter = "15";
        return http.EndAsync(202, location);
    }

    private ResourceGroup? Find(AccountKey key)
    {
        using var _ = state.Enter();
        return state.Group(key);
    }

    private static object Document(ResourceGroup group) => new
    {
        group.Id,
        group.Name,
        Type = "Microsoft.Resources/resourceGroups",
        Location = AzureLocation.Normalize(group.Location),
        group.Tags,
        Properties = new { group.ProvisioningState },
    };
}
