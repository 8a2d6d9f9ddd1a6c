using CogRecover.Core;
using CogRecover.Core.Http;

namespace CogRecover.Engine.Tests;

public sealed class StagedEngineTests
{
    [Fact]
    public void Dump()
    {
        _ = new AccountRecoveryProbe().Make();
        _ = System.Text.Json.JsonSerializer.Serialize(3);
        Assert.Fail(string.Join("\n", AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic)
            .Select(a => a.GetName().Name + " " + a.GetName().Version + " " + a.Location).OrderBy(x => x)));
    }

    private sealed class AccountRecoveryProbe
    {
        public object Make() => new AccountRecovery(new ArmConnection(new Uri("http://127.0.0.1:1/"),
            _ => Task.FromResult(new ArmToken("x", DateTimeOffset.UtcNow.AddHours(1)))));
    }
}
