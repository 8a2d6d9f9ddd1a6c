namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>How ARM compares names and ids: case never counts.</summary>
internal static class ArmNames
{
    public static bool Is(this string name, string? other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
