namespace CogRecover.Sandbox.Arm.Json;

/// <summary>Something that accounts of a kind can do, with a value if it has one.</summary>
internal sealed record Capability(string Name, string? Value = null);
