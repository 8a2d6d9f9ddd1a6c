using CogRecover.Core.Http;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Accounts;

/// <summary>Lists whose connection breaks in the middle of a page.</summary>
public sealed class ListBrokenOffTests : EngineTest
{
    [Fact]
    public async Task A_page_whose_connection_is_reset_is_read_again_and_each_account_comes_out_once()
    {
        int requests = 0;
        Arm.Intercept = async context =>
        {
            if (++requests > 1) return await AnswerAsync(context, Page(["d", "c", "b", "a"]));
            await BeginAsync(context, Page(["a", "b", "c"]));
            context.Abort();
            return true;
        };

        List<string> names = await NamesAsync(Recovery);

        Assert.Equal(["a", "b", "c", "d"], names.Order());
        Assert.Equal(2, Arm.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_ends_too_early_is_read_again_and_the_pages_before_it_are_not()
    {
        int requests = 0;
        Arm.Intercept = context => ++requests switch
        {
            1 => AnswerAsync(context, Page(["a", "b"], next: "page2")),
            2 or 3 => BeginAsync(context, Page(["c", "d"], next: "page3")),
            4 => AnswerAsync(context, Page(["c", "d"], next: "page3")),
            _ => AnswerAsync(context, Page(["e"])),
        };

        List<string> names = await NamesAsync(Recovery);

        Assert.Equal(["a", "b", "c", "d", "e"], names);
        Assert.Equal(
            ["deletedAccounts", "page2", "page2", "page2", "page3"],
            Arm.Requests.Select(request => request.Path.Split('/')[^1]));
    }

    [Fact]
    public async Task A_page_that_breaks_off_every_time_is_given_up()
    {
        Arm.Intercept = context => BeginAsync(context, Page(["a", "b", "c"]));
        List<string> names = [];

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => NamesAsync(Recovery, names));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("couldn't be listed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(names);
        Assert.Equal(4, Arm.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_stops_coming_is_read_again()
    {
        int requests = 0;
        Arm.Intercept = async context =>
        {
            if (++requests > 1) return await AnswerAsync(context, Page(["a", "b", "c"]));
            await BeginAsync(context, Page(["a", "b", "c"]));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Task.Delay(-1, context.RequestAborted).WaitAsync(Timeout, Cancellation));
            return true;
        };
        var impatient = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            RetryDelay = TimeSpan.FromMilliseconds(10),
            NetworkTimeout = TimeSpan.FromSeconds(1),
        });

        Assert.Equal(["a", "b", "c"], await NamesAsync(impatient));
        Assert.True(Arm.Requests.Count >= 2);
    }

    [Fact]
    public async Task A_list_that_is_canceled_in_the_middle_of_a_page_is_not_read_again()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Arm.Intercept = async context =>
        {
            await BeginAsync(context, Page(["a", "b", "c"]));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Task.Delay(-1, context.RequestAborted).WaitAsync(Timeout, Cancellation));
            return true;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NamesAsync(Recovery, [], stop.Token));

        Assert.Single(Arm.Requests);
    }

    private async Task<List<string>> NamesAsync(
        AccountRecovery recovery, List<string>? names = null, CancellationToken? cancellation = null)
    {
        names ??= [];
        await foreach (DeletedCognitiveAccount account in recovery.Accounts.ListAsync(
            Subscription, e => throw e, cancellation ?? Cancellation).SelectMany(page => page))
        {
            names.Add(account.Name);
        }

        return names;
    }

    private static async Task<bool> AnswerAsync(HttpContext context, string page)
    {
        await WriteAsync(context, 200, page);
        return true;
    }

    /// <summary>Sends a page up to the middle of its last account, and the length of the whole.</summary>
    private static async Task<bool> BeginAsync(HttpContext context, string page)
    {
        context.Response.ContentLength = page.Length;
        await WriteAsync(context, 200, page[..page.LastIndexOf("/deletedAccounts/", StringComparison.Ordinal)]);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        return true;
    }

    private string Page(string[] names, string? next = null)
    {
        IEnumerable<string> accounts = names.Select(name => $$"""
            {"id":"/subscriptions/{{Subscription}}/providers/Microsoft.CognitiveServices/locations/eastus/
            """ + $$"""resourceGroups/rg-ai/deletedAccounts/{{name}}"}""");
        string nextLink = next is null ? "" : $@",""nextLink"":""{Arm.Endpoint}{next}""";
        return $$"""{"value":[{{string.Join(",", accounts)}}]{{nextLink}}}""";
    }
}
