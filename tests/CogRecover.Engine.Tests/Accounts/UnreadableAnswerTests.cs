using System.Text;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>Answers that aren't what the service promises.</summary>
public sealed class UnreadableAnswerTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_field_that_is_missing_or_of_another_type_doesnt_hide_the_account()
    {
        await Arm.SetFaultsAsync(Answer($$$"""
            {"value":[{"id":"{{{DeletedId("odd")}}}","kind":7,"sku":"S0","tags":null,"identity":[],
              "properties":{"deletionDate":"yesterday","networkAcls":null,"userOwnedStorage":{},"endpoint":null}}]}
            """));

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Equal("odd", account.Name);
        Assert.Null(account.Kind);
        Assert.Null(account.DeletionDate);
        Assert.Null(account.TimeRemaining);
        Assert.Empty(account.Tags);
    }

    [Theory]
    [InlineData("7", null)]
    [InlineData("null", null)]
    [InlineData("""{"\ud800":1}""", null)]
    [InlineData("""{"id":"{id}","properties":"none"}""", "odd")]
    [InlineData("""{"id":"{id}","properties":[]}""", "odd")]
    public async Task An_odd_account_doesnt_hide_the_others(string odd, string? name)
    {
        odd = odd.Replace("{id}", DeletedId("odd"));
        await Arm.SetFaultsAsync(Answer($$"""
            {"value":[{"id":"{{DeletedId("one")}}","kind":"Face"},{{odd}},{"id":"{{DeletedId("two")}}"}]}
            """));
        List<RecoveryException> unreadable = [];

        List<DeletedCognitiveAccount> accounts = await ListAsync(Recovery, Subscription, unreadable.Add);

        Assert.Equal(name is null ? ["one", "two"] : ["one", name, "two"], accounts.Select(account => account.Name));
        Assert.Equal("Face", accounts[0].Kind);
        Assert.Equal(name is null ? 1 : 0, unreadable.Count);
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"accounts":[]}""")]
    [InlineData("""{"value":[{"name":"no id"}]}""")]
    [InlineData("""{"value":[{"id":"/subscriptions/x/../y"}]}""")]
    [InlineData("""{"value":[7]}""")]
    [InlineData("""{"value":[{"\ud800":1}]}""")]
    [InlineData("""{"value":[{"id":""")]
    public async Task An_unreadable_answer_is_said_to_be_one(string body)
    {
        await Arm.SetFaultsAsync(Answer(body));

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task A_nextLink_that_is_no_address_is_no_end_of_the_list(string nextLink)
    {
        await Arm.SetFaultsAsync(Answer($$"""{"value":[],"nextLink":{{nextLink}}}"""));

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_to_hold_isnt_read_to_its_end()
    {
        await Arm.AddDeletedAccountAsync("contoso", "rg-ai");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Large, Size = 17 });

        RecoveryException failure = await FailureAsync(() => FindAsync("contoso", "rg-ai", "eastus"));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("larger than 16 MB", failure.Message, StringComparison.Ordinal);
        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_page_without_an_end_isnt_read_for_ever()
    {
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Large, Size = 257 });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("larger than 256 MB", failure.Message, StringComparison.Ordinal);
        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_single_answer_that_cant_be_read_is_asked_for_again()
    {
        await Arm.AddDeletedAccountAsync("contoso", "rg-ai");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Truncated, Times = 3 });

        DeletedCognitiveAccount account = await FindAsync("contoso", "rg-ai", "eastus");

        Assert.Equal("contoso", account.Name);
        Assert.Equal(4, (await Arm.RequestsAsync()).Count);
    }

    [Fact]
    public async Task Half_a_surrogate_and_a_date_without_an_offset_are_read_as_far_as_they_go()
    {
        await Arm.SetFaultsAsync(Answer($$$"""
            {"value":[{"id":"{{{DeletedId("odd")}}}","kind":"\ud800","tags":{"a":"\ud800"},
              "properties":{"deletionDate":"2026-11-23T10:00:00"}}]}
            """));

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Null(account.Kind);
        Assert.Equal(new DateTime(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc), account.DeletionDate);
    }

    [Fact]
    public async Task A_tag_whose_name_is_no_text_hides_no_account()
    {
        await Arm.SetFaultsAsync(Answer($$$"""
            {"value":[{"id":"{{{DeletedId("odd")}}}",
              "tags":{"\ud800":"x","\u0074eam":"ai"},"properties":{"\u0065ndpoint":"https://odd/"}}]}
            """));

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Equal("odd", account.Name);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "ai" }, account.Tags);
        Assert.Equal("https://odd/", account.Endpoint);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_hide_no_account()
    {
        byte[] page = Bytes(
            $"{{\"value\":[{{\"id\":\"{DeletedId("odd")}\",\"kind\":\"\u00e7\","
            + "\"tags\":{\"\u0088\":\"x\",\"a\":\"b\"}}]}");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 200, Bytes = page });

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Null(account.Kind);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "b" }, account.Tags);
    }

    [Fact]
    public async Task A_nextLink_of_bytes_that_are_no_text_is_an_error()
    {
        byte[] page = Bytes("{\"value\":[],\"nextLink\":\"https://\u0088\"}");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 200, Bytes = page });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_with_an_error()
    {
        // The circle is left some time, so that a test without the protection ends too.
        string self = $"{Arm.Endpoint}page?next=1";
        await Arm.SetFaultsAsync(
            Answer($$"""{"value":[],"nextLink":"{{self}}"}""") with { Times = 10 }, Answer("""{"value":[]}"""));

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Equal(2, (await Arm.RequestsAsync()).Count);
    }

    private static Fault Answer(string body) => new() { Kind = FaultKind.Status, Status = 200, Body = body };

    /// <summary>A byte each, so that what isn't ASCII is no UTF-8.</summary>
    private static byte[] Bytes(string text) => Encoding.GetEncoding("iso-8859-1").GetBytes(text);

    private string DeletedId(string name) =>
        $"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/rg-ai"
        + $"/deletedAccounts/{name}";
}
