using CogRecover.Bench.Figures;

namespace CogRecover.Bench;

/// <summary>Prints what is measured, a line as soon as it is known.</summary>
internal sealed class Report(TextWriter writer)
{
    private const string Line = "{0,-58}{1,10}{2,10}{3,11}{4,10}  {5}";

    private bool hasHead;
    private int lines;
    private int within;

    /// <summary>Measures a figure. Where that fails, it says why, and the figure isn't within its limit.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="runs">Its rounds.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task AddAsync(IFigure figure, int runs, CancellationToken cancellationToken)
    {
        if (!hasHead) Print("", "measured", "limit", "ratio", "allowed", "");
        hasHead = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(figure.Timeout * runs);
        try
        {
            foreach (var row in await figure.MeasureAsync(runs, limit.Token)) Add(row);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            lines++;
            string reason = limit.IsCancellationRequested ? $"it takes longer than {figure.Timeout * runs}" : e.Message;
            Print(figure.What, "", "", "", "", "failed");
            await writer.WriteLineAsync("  " + reason);
        }
    }

    /// <summary>Counts what is within its limit.</summary>
    /// <returns>0 if all of it is, else 1.</returns>
    public int Close()
    {
        writer.WriteLine();
        writer.WriteLine($"{within} of {lines} within their limits.");
        return within == lines ? 0 : 1;
    }

    private void Add(Row row)
    {
        if (row.IsWithin is not null) lines++;
        if (row.IsWithin is true) within++;
        string verdict = row.IsWithin switch { true => "ok", false => "over", null => "" };
        Print(row.What, row.Measured, row.Limit, row.Ratio, row.Allowed, verdict);
    }

    private void Print(params string[] columns) => writer.WriteLine(string.Format(Line, [.. columns]).TrimEnd());
}
