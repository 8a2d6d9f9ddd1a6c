using System.Text.Json;
using CogRecover.Core.Arm;
using CogRecover.Core.Arm.Lists;

namespace CogRecover.Fuzz;

/// <summary>Reads a page as the engine does, in pieces, and holds it against what the whole of it is.</summary>
internal static class ListTarget
{
    private static readonly ArmAddresses Addresses = new(new Uri("https://management.azure.com/"), "2025-06-01");

    /// <param name="input">The length of the pieces, and the page.</param>
    /// <exception cref="Exception">The parser can't cope with it.</exception>
    public static void Run(byte[] input)
    {
        if (input.Length == 0) return;
        byte[] page = input[1..];
        int? expected = Count(page);
        try
        {
            int count = ReadAsync(page, pieces: input[0] % 97 + 1).GetAwaiter().GetResult();
            if (expected is null) throw new InvalidDataException("What isn't a page was read as one.");
            if (expected >= 0 && count != expected) throw new InvalidDataException($"{count} of {expected} entries were read.");
        }
        catch (Exception e) when (e is JsonException or RecoveryException)
        {
            if (expected >= 0) throw new InvalidDataException("A page was refused.", e);
        }
    }

    private static async Task<int> ReadAsync(byte[] page, int pieces)
    {
        using var content = new PiecemealStream(page, pieces);
        using var reader = new PageReader(content, AccountReader.DeletedShape);
        int count = 0;
        while (await reader.ReadAsync(default).ConfigureAwait(false) is { } entry)
        {
            using (entry) AccountReader.TryReadDeleted(entry.RootElement, _ => { });
            count++;
        }

        try
        {
            _ = Addresses.NextPage(reader.NextLink);
        }
        catch (RecoveryException)
        {
            // An address it isn't.
        }

        return count;
    }

    /// <summary>What the framework finds in the whole page.</summary>
    /// <returns>The entries of its list; -1 where that isn't for sure; null if there is no page.</returns>
    private static int? Count(byte[] page)
    {
        try
        {
            using var whole = JsonDocument.Parse(new MemoryStream(page));
            if (whole.RootElement.ValueKind != JsonValueKind.Object) return null;
            JsonProperty[] lists = [.. whole.RootElement.EnumerateObject().Where(IsList)];
            return lists switch
            {
                [] => null,
                [{ Value.ValueKind: JsonValueKind.Array } only] => only.Value.GetArrayLength(),
                _ => lists.Any(list => list.Value.ValueKind == JsonValueKind.Array) ? -1 : null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsList(JsonProperty member)
    {
        try
        {
            return member.NameEquals("value");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate.
            return false;
        }
    }

    private sealed class PiecemealStream(byte[] content, int pieces) : MemoryStream(content)
    {
        public override async Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            // Every other piece comes later, as over a network.
            if (Position / pieces % 2 == 1) await Task.Yield();
            return Read(buffer, offset, Math.Min(count, pieces));
        }
    }
}
