namespace CogRecover.Core.References;

/// <summary>How far a misspelled name is from another.</summary>
internal static class EditDistance
{
    /// <summary>How many letters are inserted, left out or replaced, whatever their case (Levenshtein).</summary>
    public static int Of(string left, string right)
    {
        (left, right) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        for (int row = 1; row <= left.Length; row++)
        {
            int[] line = [row, .. new int[right.Length]];
            for (int column = 1; column <= right.Length; column++)
                line[column] = Math.Min(
                    above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1),
                    Math.Min(above[column], line[column - 1]) + 1);
            above = line;
        }

        return above[right.Length];
    }
}
