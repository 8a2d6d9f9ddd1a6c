namespace CogRecover.Engine.Tests;

public sealed class WarmUpTests
{
    [Fact]
    public async Task It_goes_through_to_the_end_without_a_network()
    {
        int read = await WarmUp.RunAsync();

        Assert.Equal(2, read);
    }
}
