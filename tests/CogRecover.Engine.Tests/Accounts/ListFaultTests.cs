using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>Lists whose answers go wrong.</summary>
public sealed class ListFaultTests(ManyAccountsArm arm) : EngineTest(arm), IClassFixture<ManyAccountsArm>
{
    private const string Lists = "/deletedAccounts$";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static TheoryData<string> Passing => new(
        """{"kind":"Status","status":408}""",
        """{"kind":"Status","status":500}""",
        """{"kind":"Status","status":502,"code":"BadGateway"}""",
        """{"kind":"Status","status":503,"retryAfter":"1"}""",
        """{"kind":"Status","status":504}""",
        """{"kind":"Status","status":429,"code":"TooManyRequests","retryAfter":"1"}""",
        """{"kind":"Status","status":429,"retryAfter":"date:2"}""",
        """{"kind":"Status","status":429,"code":"TooManyRequests"}""",
        """{"kind":"Reset"}""",
        """{"kind":"ResetInHeader"}""",
        """{"kind":"ResetInBody"}""",
        """{"kind":"Silence"}""",
        """{"kind":"Truncated"}""",
        """{"kind":"Empty"}""",
        """{"kind":"NotJson"}""",
        """{"kind":"Nested","size":5000}""",
        """{"kind":"Utf16"}""");

    public static TheoryData<string> Harmless => new(
        """{"kind":"Trickle"}""",
        """{"kind":"ContentType"}""",
        """{"kind":"Encoding"}""",
        """{"kind":"Large","size":1}""");

    public static TheoryData<string, RecoveryErrorId> Fatal => new()
    {
        { """{"kind":"Truncated"}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"Empty"}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"NotJson"}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"Nested","size":5000}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"Utf16"}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"Redirect"}""", RecoveryErrorId.InvalidServiceResponse },
        { """{"kind":"Status","status":503,"retryAfter":"86400"}""", RecoveryErrorId.ServiceUnavailable },
        { """{"kind":"Status","status":504}""", RecoveryErrorId.ServiceUnavailable },
        { """{"kind":"ResetInBody"}""", RecoveryErrorId.ConnectionFailed },
        { """{"kind":"Silence"}""", RecoveryErrorId.ConnectionFailed },
        { """{"kind":"Edit","edits":{"/nextLink":"https://elsewhere.example/"}}""", RecoveryErrorId.UntrustedHost },
        { """{"kind":"Edit","edits":{"/nextLink":"ftp://127.0.0.1/"}}""", RecoveryErrorId.UntrustedHost },
        { """{"kind":"Edit","edits":{"/value":{}}}""", RecoveryErrorId.InvalidServiceResponse },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_fault_that_passes_is_tried_again_and_each_account_listed_once(string fault)
    {
        await SetAsync(fault, times: 2, skip: 1);

        List<DeletedCognitiveAccount> accounts = await ListAsync();

        Assert.Equal(50, accounts.Select(account => account.Name).Distinct().Count());
        Assert.Equal(50, accounts.Count);
        Assert.Equal(2, Assert.Single(await Arm.StrikesAsync()));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_can_be_read_all_the_same_is(string fault)
    {
        await SetAsync(fault);

        Assert.Equal(50, (await ListAsync()).Count);
        Assert.Equal(3, (await Arm.RequestsAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Fatal))]
    public async Task A_fault_that_stays_is_one_error_after_what_was_read(string fault, RecoveryErrorId id)
    {
        await SetAsync(fault, skip: fault.Contains("Edit") ? 0 : 1);
        List<string> read = [];

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(async () =>
        {
            await foreach (IReadOnlyList<DeletedCognitiveAccount> page in Recovery.Accounts.ListAsync(
                Subscription, e => throw e, Cancellation)) read.AddRange(page.Select(account => account.Name));
        });

        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.InRange(read.Count, fault.Contains("\"/value\"") ? 0 : 20, 49);
        Assert.InRange((await Arm.RequestsAsync()).Count, 1, 8);
    }

    [Fact]
    public async Task A_list_without_an_end_ends()
    {
        using var endless = new EndlessList();
        var recovery = new AccountRecovery(Connection(endless.Endpoint));

        RecoveryException failure = await FailureAsync(() => ListAsync(recovery, Subscription));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("pages", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/value/*/properties/deletionDate", "\"the day before\"")]
    [InlineData("/value/*/properties/deletionDate", "null")]
    [InlineData("/value/*/properties/scheduledPurgeDate", "\"9999-99-99\"")]
    [InlineData("/value/*/properties/scheduledPurgeDate", "1700000000")]
    [InlineData("/value/*/properties/networkAcls", "\"none\"")]
    [InlineData("/value/*/tags", "[1]")]
    [InlineData("/value/*/sku", "false")]
    [InlineData("/value/*/unknown", "{\"a\":[{}]}")]
    public async Task A_field_that_makes_no_sense_doesnt_hide_the_account(string pointer, string value)
    {
        string[] there = [.. (await ListAsync()).Select(account => account.Name)];
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Edit, Edits = { [pointer] = JsonNode.Parse(value) } });

        List<DeletedCognitiveAccount> accounts = await ListAsync();

        Assert.Equal(50, there.Length);
        Assert.Equal(there, accounts.Select(account => account.Name));
    }

    [Theory]
    [InlineData("/SUBSCRIPTIONS/{0}/Providers/microsoft.cognitiveservices/LOCATIONS/East US/ResourceGroups/rg-ai"
        + "/deletedaccounts/account-0", "account-0")]
    [InlineData("/subscriptions/{0}/resourceGroups/rg-ai/providers/Microsoft.Storage/storageAccounts/a", null)]
    [InlineData("/subscriptions/{0}/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/rg-ai"
        + "/deletedAccounts/a%2Fb", null)]
    [InlineData("/subscriptions/{0}/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/.."
        + "/deletedAccounts/a", null)]
    [InlineData("https://elsewhere.example/x", null)]
    public async Task An_id_in_another_spelling_is_read_and_one_of_another_thing_is_an_error(string id, string? name)
    {
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Edit, Edits = { ["/value/*/id"] = string.Format(id, Subscription) },
        });
        List<RecoveryException> unreadable = [];

        List<DeletedCognitiveAccount> accounts = await ListAsync(Recovery, Subscription, unreadable.Add);

        Assert.Equal(name is null ? 0 : 50, accounts.Count);
        Assert.All(accounts, account => Assert.Equal(name, account.Name));
        Assert.Equal(name is null ? 50 : 0, unreadable.Count);
    }

    private Task SetAsync(string fault, int? times = null, int skip = 0)
    {
        Fault plan = JsonSerializer.Deserialize<Fault>(fault, Json)!;
        GiveUpSoonAt(plan.Kind);
        return Arm.SetFaultsAsync(plan with { Path = Lists, Times = times, Skip = skip });
    }
}

/// <summary>One whose subscriptions have fifty deleted accounts each, on three pages.</summary>
public sealed class ManyAccountsArm() : ArmProcess("--page-size 20 --accounts 5000");
