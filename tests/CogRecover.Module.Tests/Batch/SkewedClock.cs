namespace CogRecover.Module.Tests.Batch;

/// <summary>The system's clock, and what a test lets pass besides.</summary>
internal sealed class SkewedClock : TimeProvider
{
    private long passed;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref passed));

    public void Pass(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);
}
