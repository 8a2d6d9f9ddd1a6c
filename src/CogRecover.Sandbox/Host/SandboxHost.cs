using System.Globalization;
using System.Management.Automation.Host;

namespace CogRecover.Sandbox.Host;

/// <summary>The host of the sandbox's engine.</summary>
internal sealed class SandboxHost(SandboxUserInterface ui) : PSHost
{
    public override string Name => "CogRecover sandbox";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override PSHostUserInterface UI => ui;

    /// <summary>What a script gave to <c>exit</c>; null if none did.</summary>
    public int? ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The sandbox has no nested prompt.");

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }
}
