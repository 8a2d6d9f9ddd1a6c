using System.Management.Automation.Host;

namespace CogRecover.Sandbox.Host;

/// <summary>The sizes of the sandbox's window. It has no keyboard and no cells of its own, and measures text as the
/// console of PowerShell does.</summary>
internal sealed class SandboxRawUserInterface(int width) : PSHostRawUserInterface
{
    // https://www.unicode.org/reports/tr11/: the blocks whose characters are wide, as far as one char has them.
    private static readonly (char First, char Last)[] Wide =
    [
        ('\u1100', '\u115F'), ('\u2E80', '\u303E'), ('\u3041', '\uA4CF'), ('\uAC00', '\uD7A3'), ('\uF900', '\uFAFF'),
        ('\uFE30', '\uFE6F'), ('\uFF00', '\uFF60'), ('\uFFE0', '\uFFE6'),
    ];

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get; set; } = new(width, 50);

    public override Size WindowSize { get; set; } = new(width, 50);

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "CogRecover sandbox";

    public override bool KeyAvailable => false;

    public override int LengthInBufferCells(char source) =>
        Array.Exists(Wide, block => source >= block.First && source <= block.Last) ? 2 : 1;

    public override int LengthInBufferCells(string source) => source.Sum(LengthInBufferCells);

    public override int LengthInBufferCells(string source, int offset) => LengthInBufferCells(source[offset..]);

    public override void FlushInputBuffer() { }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

    public override KeyInfo ReadKey(ReadKeyOptions options) =>
        throw new NotSupportedException("The sandbox has no keyboard.");

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
}
