namespace CogRecover.Formatting;

/// <summary>Fits text into the cells of a window. A Japanese character takes two, and a character with a combining mark
/// isn't taken apart.</summary>
internal static class CellText
{
    /// <summary>The text as far as it fits, with an ellipsis where it doesn't.</summary>
    public static string Cut(string text, int width, PSHost host)
    {
        if (Cells(text, host) <= width) return text;
        string cut = "";
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && Cells(cut + elements.GetTextElement(), host) < width)
            cut += elements.GetTextElement();
        return cut + "…";
    }

    /// <summary>The texts in lines, each text on a new one. PowerShell breaks lines in the middle of words.</summary>
    public static string Wrap(IEnumerable<string> texts, int width, PSHost host)
    {
        List<string> lines = [];
        foreach (string text in texts)
        {
            string line = "";
            foreach (string word in text.Split(' '))
            {
                if (line.Length > 0 && Cells($"{line} {word}", host) > width)
                {
                    lines.Add(line);
                    line = " ";
                }

                line = line.Length == 0 ? word : $"{line} {word}";
            }

            lines.Add(line);
        }

        return string.Join("\n", lines);
    }

    /// <summary>The cells that the window has beyond a width; 0 where there is no window, as in a runbook.</summary>
    public static int Spare(int width, PSHost host)
    {
        try
        {
            return Math.Max(0, (host.UI?.RawUI?.BufferSize.Width ?? 0) - width);
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            return 0;
        }
    }

    // The engine measures the cells of a table in the same way.
    private static int Cells(string text, PSHost host)
    {
        try
        {
            return host.UI?.RawUI?.LengthInBufferCells(text) ?? text.Length;
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            return text.Length;
        }
    }
}
