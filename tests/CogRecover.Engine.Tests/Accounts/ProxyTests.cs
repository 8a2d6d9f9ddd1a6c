using System.Net;
using CogRecover.Core.Http;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>Alone in time: the default proxy is the whole process's, and a test beside it would go through
/// it.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class ProcessWideProxy;

[Collection<ProcessWideProxy>]
public sealed class ProxyTests(QuickArm arm, OtherArm other)
    : EngineTest(arm), IClassFixture<QuickArm>, IClassFixture<OtherArm>
{
    [Fact]
    public async Task A_token_for_this_machine_goes_through_no_proxy()
    {
        RemoteArm proxy = await other.OpenAsync(Token, Cancellation);
        var recovery = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1)))));
        IWebProxy? before = DefaultProxy;
        DefaultProxy = new WebProxy(proxy.Endpoint);
        try
        {
            await ListAsync(recovery, Subscription);
        }
        finally
        {
            DefaultProxy = before;
        }

        Assert.Empty(await proxy.AllRequestsAsync());
        Assert.Single(await Arm.RequestsAsync());
    }

#if NET
    private static IWebProxy? DefaultProxy
    {
        get => HttpClient.DefaultProxy;
        set => HttpClient.DefaultProxy = value!;
    }
#else
    private static IWebProxy? DefaultProxy
    {
        get => WebRequest.DefaultWebProxy;
        set => WebRequest.DefaultWebProxy = value;
    }
#endif
}
