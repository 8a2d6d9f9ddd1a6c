using CogRecover.Core.Operations;

namespace CogRecover.Engine.Tests;

internal sealed class Observer : IOperationObserver
{
    public Action OnAccepted { get; init; } = () => { };

    public List<string> Reasons { get; } = [];

    public void Sending() { }

    public void Accepted() => OnAccepted();

    public void ResponseLost() { }

    public void Waiting(string reason) => Reasons.Add(reason);
}
