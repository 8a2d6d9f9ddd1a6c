namespace CogRecover.Sandbox.Host;

/// <summary>The user interface on the console that the sandbox was started from.</summary>
internal static class ConsoleInterface
{
    private const int DefaultWidth = 80;

    public static SandboxUserInterface Open()
    {
        bool isTerminal = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new SandboxUserInterface(Console.Out, Console.IsOutputRedirected ? DefaultWidth : Width(), isTerminal);
    }

    private static int Width() => Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
}
