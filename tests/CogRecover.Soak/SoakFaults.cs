using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Soak;

/// <summary>What goes wrong in a soak: with about every fifth answer, at every point, but never a lie.</summary>
internal static class SoakFaults
{
    private const double Chance = 0.009;

    private static readonly Fault[] Kinds =
    [
        .. new[] { 408, 500, 502, 503, 504 }.SelectMany(status => new Fault[]
        {
            new() { Kind = FaultKind.Status, Status = status },
            new() { Kind = FaultKind.Status, Status = status, Code = "Broken", After = true },
        }),
        new() { Kind = FaultKind.Status, Status = 429, Code = "TooManyRequests", RetryAfter = "1" },
        new() { Kind = FaultKind.Status, Status = 404, Code = "NotFound", Path = "/operationResults/" },
        new() { Kind = FaultKind.Operation, State = "Creating", Path = "/operationResults/" },
        new() { Kind = FaultKind.Reset },
        new() { Kind = FaultKind.Reset, After = true },
        new() { Kind = FaultKind.ResetInHeader },
        new() { Kind = FaultKind.ResetInHeader, After = true },
        new() { Kind = FaultKind.ResetInBody },
        new() { Kind = FaultKind.Truncated },
        new() { Kind = FaultKind.Empty },
        new() { Kind = FaultKind.NotJson },
        new() { Kind = FaultKind.Utf16 },
        new() { Kind = FaultKind.Silence },
        new() { Kind = FaultKind.Silence, After = true },
        new() { Kind = FaultKind.Redirect, Method = "GET" },
    ];

    public static FaultPlan Plan(int seed) => new()
    {
        Seed = seed, Faults = [.. Kinds.Select(fault => fault with { Chance = Chance })],
    };

    public static string Name(int index)
    {
        Fault fault = Kinds[index];
        string what = fault.Kind switch
        {
            FaultKind.Status => $"Status {fault.Status}",
            FaultKind.Operation => $"Operation {fault.State}",
            _ => $"{fault.Kind}",
        };
        return what + (fault.After ? ", once it is done" : "");
    }
}
