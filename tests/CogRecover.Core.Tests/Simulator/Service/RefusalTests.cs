using System.Net;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Core.Tests.Simulator.Service;

/// <summary>Locks, policies, and deletions that still settle.</summary>
public sealed class RefusalTests : SimulatorTest
{
    private const string Face = """{"location":"eastus","kind":"Face","sku":{"name":"S0"}}""";

    [Fact]
    public async Task A_CanNotDelete_lock_stops_deletes_in_its_scope_and_no_writes()
    {
        State.AddAccount("a", "rg", kind: "Face");
        State.AddAccount("b", "other", kind: "Face");
        State.AddLock("keep", ArmLockLevel.CanNotDelete, "rg");
        var refused = await DeleteAsync(Account("a", "rg"));
        Assert.Equal((HttpStatusCode.Conflict, "ScopeLocked"), (refused.Status, refused.Code));
        Assert.Equal($"The scope '{Account("a", "rg")}' cannot perform delete operation because following scope(s) " +
            $"are locked: '{Group("rg")}'. Please remove the lock and try again.", refused.Message);
        Assert.Equal("ScopeLocked", (await DeleteAsync(Group("rg"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Account("a", "rg"), Face)).Status);
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Account("b", "other"))).Status);
        State.AddDeletedAccount("c", "rg");
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Deleted("c", "rg"))).Status);
    }

    [Fact]
    public async Task A_ReadOnly_lock_on_the_subscription_stops_restore_purge_and_group_writes_until_it_is_removed()
    {
        State.AddDeletedAccount("a", "rg");
        State.AddLock("frozen", ArmLockLevel.ReadOnly);
        foreach (var refused in new[]
        {
            await RestoreAsync("a", "rg"), await DeleteAsync(Deleted("a", "rg")),
            await PutAsync(Group("new"), """{"location":"eastus"}"""),
        })
        {
            Assert.Equal((HttpStatusCode.Conflict, "ScopeLocked"), (refused.Status, refused.Code));
            Assert.Contains($"are locked: '{Subscription}'.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(DeletedAccounts)).Status);
        var locks = await GetAsync(Group("rg") + "/providers/Microsoft.Authorization/locks");
        Assert.Equal(["frozen"], locks.Names);
        Assert.True(State.RemoveLock("frozen"));
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task A_deny_policy_refuses_account_writes_and_names_itself()
    {
        State.AddDeletedAccount("a", "rg");
        State.AddDenyPolicy("deny-ai", "No AI here", "not-allowed-types", "rg");
        var refused = await RestoreAsync("a", "rg");
        Assert.Equal((HttpStatusCode.Forbidden, "RequestDisallowedByPolicy"), (refused.Status, refused.Code));
        var assignment = Group("rg") + "/providers/Microsoft.Authorization/policyAssignments/deny-ai";
        Assert.StartsWith("Resource 'a' was disallowed by policy. Policy identifiers: '[{\"policyAssignment\":" +
            $"{{\"name\":\"No AI here\",\"id\":\"{assignment}\"}},\"policyDefinition\":", refused.Message,
            StringComparison.Ordinal);
        var error = refused.Body!["error"]!;
        Assert.Equal("a", (string?)error["target"]);
        var violation = Assert.Single(error["additionalInfo"]!.AsArray())!;
        Assert.Equal("PolicyViolation", (string?)violation["type"]);
        Assert.Equal((assignment, "not-allowed-types", "Deny"),
            ((string?)violation["info"]!["policyAssignmentId"], (string?)violation["info"]!["policyDefinitionName"],
                (string?)violation["info"]!["policyDefinitionEffect"]));
        Assert.True(State.HasDeletedAccount("a", "rg"));
        State.AddDeletedAccount("b", "other");
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("b", "other")).Status);
        Assert.True(State.RemoveDenyPolicy("deny-ai"));
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task What_is_assigned_to_a_group_goes_with_it()
    {
        State.AddDeletedAccount("a", "rg");
        State.AddDenyPolicy("deny-ai", group: "rg");
        State.AddLock("frozen", ArmLockLevel.ReadOnly, "rg");
        State.RemoveResourceGroup("rg");
        State.AddResourceGroup("rg");
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task An_account_whose_deletion_settles_conflicts_with_restore_and_purge_for_that_time()
    {
        State.AddDeletedAccount("a", "rg", settleTime: TimeSpan.FromMinutes(2));
        foreach (var refused in new[] { await RestoreAsync("a", "rg"), await DeleteAsync(Deleted("a", "rg")) })
            Assert.Equal((HttpStatusCode.Conflict, "RequestConflict"), (refused.Status, refused.Code));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    public sealed class Settling : SimulatorTest
    {
        protected override SimulatedArmOptions Options =>
            base.Options with { SettleTime = TimeSpan.FromSeconds(30) };

        [Fact]
        public async Task Every_deletion_settles_as_long_as_the_options_say()
        {
            State.AddAccount("a", "rg");
            await DeleteAsync(Account("a", "rg"));
            Assert.Equal("RequestConflict", (await DeleteAsync(Deleted("a", "rg"))).Code);
            Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Deleted("a", "rg"))).Status);
        }
    }
}
