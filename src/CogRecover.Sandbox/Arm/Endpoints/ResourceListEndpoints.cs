using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The list of resources of all types, in a resource group or a subscription.</summary>
internal sealed partial class ResourceListEndpoints(ArmState state, ArmAccess access, SimulatedArmOptions options)
{
    private const string Subscription = "/subscriptions/{subscription}";

    private static readonly Dictionary<string, ArmType> Types = new[]
    {
        ArmType.Accounts, ArmType.KeyVaults, ArmType.StorageAccounts, ArmType.VirtualNetworks,
        ArmType.Identities,
    }.ToDictionary(type => type.FullName);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in new[] { Subscription, Subscription + "/resourceGroups/{group}" })
            routes.MapArm("GET", scope + "/resources", ArmType.AnyResources, ListAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var filter = query["$filter"].ToString();
        var terms = Equal().Matches(filter).ToLookup(
            term => term.Groups["field"].Value, term => term.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        var all = state.Accounts.Concat<ArmResource>(state.Resources).OrderBy(one => one.Sequence);
        var found = all.Where(one =>
            Matches(http.Route("subscription"), one.SubscriptionId)
            && Matches(http.Request.RouteValues["group"] as string, one.ResourceGroupName)
            && Matches(terms["resourceGroup"].FirstOrDefault(), one.ResourceGroupName)
            && Matches(terms["resourceType"].FirstOrDefault(), one.Type)
            && Matches(terms["name"].FirstOrDefault(), one.Name)
            && Matches(terms["tagName"].FirstOrDefault(), one.Tags?.Keys)
            && Matches(terms["tagValue"].FirstOrDefault(), one.Tags?.Values)
            && access.MayRead(Types[one.Type], one.SubscriptionId, one.ResourceGroupName));
        var expand = query["$expand"].ToString().Length > 0;
        var top = int.TryParse(query["$top"], out var count) ? count : options.PageSize;
        return http.WritePageAsync(found, top, one => one is Account account
            ? AccountJson.Resource(account, expand)
            : TrackedResourceJson.Resource((TrackedResource)one));
    }

    private static bool Matches(string? wanted, string actual) =>
        wanted is null || wanted.Is(actual);

    private static bool Matches(string? wanted, IEnumerable<string>? actual) =>
        wanted is null || actual?.Contains(wanted, StringComparer.OrdinalIgnoreCase) is true;

    [GeneratedRegex(@"(?<field>\w+)\s+eq\s+'(?<value>[^']*)'", RegexOptions.IgnoreCase)]
    private static partial Regex Equal();
}
