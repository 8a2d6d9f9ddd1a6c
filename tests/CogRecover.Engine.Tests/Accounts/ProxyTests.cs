using System.Net;

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
        IWebProxy? before = DefaultProxy;
        DefaultProxy = new WebProxy(proxy.Endpoint);
        try
        {
            await ListAsync();
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
