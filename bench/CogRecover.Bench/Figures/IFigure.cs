namespace CogRecover.Bench.Figures;

/// <summary>One thing that is measured against its limit.</summary>
internal interface IFigure
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string What { get; }

    /// <summary>The rounds where none are asked for: more where the machine's noise counts for more.</summary>
    int Runs { get; }

    /// <summary>How long a round may take. What takes longer has failed.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Measures it.</summary>
    /// <exception cref="InvalidDataException">What was measured didn't do its work.</exception>
    Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken);
}
