using System.Text;
using System.Text.Json;

namespace CogRecover.Core.Arm.Lists;

/// <summary>Which members of a JSON object are needed. What isn't named is skipped unread.</summary>
/// <param name="members">The needed members, and what is needed of them.</param>
internal sealed class JsonShape(params (string Name, JsonShape Needed)[] members)
{
    /// <summary>A value of which everything is needed.</summary>
    public static readonly JsonShape Whole = new();

    private readonly (byte[] Name, JsonShape Needed)[] members =
        [.. members.Select(member => (Encoding.UTF8.GetBytes(member.Name), member.Needed))];

    /// <summary>Whether the member that the reader stands on has that name.</summary>
    public static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate, which no name has that is needed.
            return false;
        }
    }

    /// <summary>Copies what is needed of the value that the reader stands on, and moves to its end.</summary>
    /// <returns>Whether the value is whole in the reader's buffer. If not, the reader and the copy are of no use any
    /// more.</returns>
    /// <exception cref="JsonException">It isn't JSON.</exception>
    public bool TryCopy(ref Utf8JsonReader reader, ReadOnlySpan<byte> buffer, Utf8JsonWriter copy)
    {
        if (members.Length == 0 || reader.TokenType != JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return false;
            copy.WriteRawValue(buffer.Slice(start, (int)reader.BytesConsumed - start), skipInputValidation: true);
            return true;
        }

        copy.WriteStartObject();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                copy.WriteEndObject();
                return true;
            }

            if (Find(ref reader) is not var (name, needed))
            {
                if (!reader.TrySkip()) return false;
            }
            else
            {
                copy.WritePropertyName(name);
                if (!reader.Read() || !needed.TryCopy(ref reader, buffer, copy)) return false;
            }
        }

        return false;
    }

    private (byte[] Name, JsonShape Needed)? Find(ref Utf8JsonReader reader)
    {
        foreach ((byte[] Name, JsonShape Needed) member in members)
            if (IsNamed(ref reader, member.Name)) return member;
        return null;
    }
}
