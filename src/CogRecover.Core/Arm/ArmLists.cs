using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using CogRecover.Core.Errors;

namespace CogRecover.Core.Arm;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is needed of an entry.</typeparam>
internal sealed class ListPage<T>
{
    /// <summary>The entries; null if the page has none.</summary>
    public List<T>? Value { get; set; }

    /// <summary>The address of the next page, as it came; undefined or null after the last.</summary>
    public JsonElement NextLink { get; set; }
}

/// <summary>Reads lists of Azure Resource Manager, page by page.</summary>
internal sealed class ArmLists(ArmRequests arm, ArmAddresses addresses)
{
    // No tenant has so many pages of a thousand accounts each.
    private const int MostPages = 5000;

    /// <summary>Reads the entries of each page. The next page is asked for once the caller is done with one.</summary>
    /// <param name="first">The address of the first page.</param>
    /// <param name="type">How a page is read.</param>
    /// <param name="readEntry">How an entry is read by itself.</param>
    /// <param name="cancellationToken">Stops the reading, in the middle of a page too.</param>
    /// <exception cref="RequestFailedException">The service refused a page, or couldn't be reached.</exception>
    /// <exception cref="JsonException">A page isn't JSON, or not that of a list.</exception>
    /// <exception cref="RecoveryException">A page has no list, or leads back, or to nowhere.</exception>
    public async IAsyncEnumerable<List<T>> ReadAsync<T>(
        Uri first, JsonTypeInfo<ListPage<T>> type, Func<JsonElement, T> readEntry,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var visited = new HashSet<Uri>();
        for (Uri? address = first; address is not null;)
        {
            if (!visited.Add(address))
                throw ServiceErrors.InvalidResponse("its pages lead back to one that was read");
            if (visited.Count > MostPages)
                throw ServiceErrors.InvalidResponse($"its list has more than {MostPages:N0} pages");
            ListPage<T> page = await arm.GetPageAsync(address, type, readEntry, cancellationToken)
                .ConfigureAwait(false);
            yield return page.Value ?? throw ServiceErrors.InvalidResponse("there is no list in it");
            address = addresses.NextPage(page.NextLink);
        }
    }

    /// <summary>Reads the entries of each page as JSON.</summary>
    /// <inheritdoc cref="ReadAsync{T}"/>
    public IAsyncEnumerable<List<JsonElement>> ReadAsync(Uri first, CancellationToken cancellationToken) =>
        ReadAsync(first, ArmJson.Default.Page, entry => entry, cancellationToken);

    /// <summary>Reads the entries of all pages as JSON.</summary>
    /// <inheritdoc cref="ReadAsync{T}"/>
    public async Task<List<JsonElement>> ReadAllAsync(Uri first, CancellationToken cancellationToken)
    {
        List<JsonElement> all = [];
        await foreach (List<JsonElement> page in ReadAsync(first, cancellationToken).ConfigureAwait(false))
            all.AddRange(page);
        return all;
    }
}
