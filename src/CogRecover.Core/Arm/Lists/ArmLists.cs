using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;

namespace CogRecover.Core.Arm.Lists;

/// <summary>Reads lists of Azure Resource Manager: every page, entry by entry as they arrive.</summary>
internal sealed class ArmLists(ArmRequests arm, ArmAddresses addresses)
{
    // At a thousand accounts a page nobody has so many: such a list has no end.
    private const int MostPages = 5000;

    /// <param name="first">The first page.</param>
    /// <param name="shape">What is needed of an entry.</param>
    /// <param name="cancellationToken">Stops the reading, in the middle of a page too.</param>
    /// <returns>The entries, each valid until the next is asked for.</returns>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    /// <exception cref="JsonException">A page isn't JSON.</exception>
    /// <exception cref="RecoveryException">A page isn't that of a list, or leads back, or to nowhere.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync(
        Uri first, JsonShape shape, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var visited = new HashSet<Uri>();
        for (Uri? address = first; address is not null;)
        {
            if (!visited.Add(address))
                throw RecoveryErrors.InvalidResponse("its pages lead back to one that was read");
            if (visited.Count > MostPages)
                throw RecoveryErrors.InvalidResponse($"its list has more than {MostPages:N0} pages");
            var page = new Page(address, shape);
            await foreach (JsonElement entry in ReadAsync(page, cancellationToken).ConfigureAwait(false))
                yield return entry;
            address = addresses.NextPage(page.NextLink);
        }
    }

    /// <summary>
    /// Reads a page. It streams, so the library can't ask again when its connection breaks or what comes can't be read:
    /// what was read by then is passed over the next time, whatever order it comes in.
    /// </summary>
    private async IAsyncEnumerable<JsonElement> ReadAsync(
        Page page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = new HashSet<string>();
        for (int attempt = 1; ; attempt++)
        {
            using Stream content = await arm.OpenAsync(page.Address, cancellationToken).ConfigureAwait(false);
            using var reader = new PageReader(content, page.Shape);
            for (int read = 0; ; read++)
            {
                JsonDocument? entry;
                try
                {
                    entry = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when ((IsBroken(e) || ArmRequests.IsGarbled(e)) && attempt <= ArmRequests.Retries
                    && !cancellationToken.IsCancellationRequested)
                {
                    await arm.DelayRetryAsync(null, attempt, cancellationToken).ConfigureAwait(false);
                    break;
                }

                if (entry is null)
                {
                    page.NextLink = reader.NextLink;
                    yield break;
                }

                using (entry)
                {
                    JsonElement element = entry.RootElement;
                    bool isNew = given.Add(element.Text("id") ?? $"{read}");
                    if (isNew || attempt == 1) yield return element;
                }
            }
        }
    }

    private static bool IsBroken(Exception e) => e is IOException or HttpRequestException or TaskCanceledException;

    private sealed class Page(Uri address, JsonShape shape)
    {
        public Uri Address => address;

        public JsonShape Shape => shape;

        public JsonElement NextLink { get; set; }
    }
}
