using System.Xml.Linq;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Help;

/// <summary>An example of the staged help.</summary>
/// <param name="Command">The command that it is an example of.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">The sentences below.</param>
internal sealed record HelpExample(string Command, string Title, string Code, string Remarks)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Help = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>All of them, in their order.</summary>
    public static HelpExample[] Read() =>
    [
        .. XDocument.Load(Path.Combine(
                Path.GetDirectoryName(ModuleShell.Manifest)!, "en-US", "CogRecover.dll-Help.xml"))
            .Descendants(Help + "command").SelectMany(command => command.Descendants(Help + "example")
                .Select(example => new HelpExample(
                    command.Element(Help + "details")!.Element(Help + "name")!.Value,
                    example.Element(Maml + "title")!.Value,
                    example.Element(Dev + "code")!.Value,
                    example.Element(Dev + "remarks")!.Value.Trim()))),
    ];
}
