using System.Net;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Accounts;

/// <summary>Alone in time: the default proxy is the whole process's, and a test beside it would go through
/// it.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class ProcessWideProxy;

[Collection<ProcessWideProxy>]
public sealed class ProxyTests : EngineTest
{
    [Fact]
    public async Task A_token_for_this_machine_goes_through_no_proxy()
    {
        await using SimulatedArm proxy = await SimulatedArm.StartAsync(cancellationToken: Cancellation);
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Endpoint);
        try
        {
            await ListAsync();
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Empty(proxy.Requests);
    }
}
