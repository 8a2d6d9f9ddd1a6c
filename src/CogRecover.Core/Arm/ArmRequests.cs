using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace CogRecover.Core.Arm;

/// <summary>Reads from Azure Resource Manager through the pipeline of its client, which only an
/// <see cref="ArmResource"/> gets.</summary>
internal sealed class ArmRequests : ArmResource
{
    /// <summary>How often a document that can't be read is requested again.</summary>
    public const int Retries = 3;

    // As many as Azure.Core makes of a request that fails.
    private const int MostLooks = 4;

    // No tenant has so many pages of a thousand accounts each.
    private const int MostPages = 5000;

    public ArmRequests(ArmConnection connection)
        : this(connection, DelayStrategy.CreateExponentialDelayStrategy(connection.RetryDelay))
    {
    }

    private ArmRequests(ArmConnection connection, DelayStrategy retry)
        : base(ArmPipeline.CreateClient(connection, retry), ResourceIdentifier.Root)
    {
        Addresses = new ArmAddresses(connection.Endpoint, connection.ApiVersion);
        Retry = retry;
        Polling = new PollingDelay(connection.PollingDelay);
        Busy = DelayStrategy.CreateExponentialDelayStrategy(connection.BusyDelay, TimeSpan.FromSeconds(30));
    }

    /// <summary>For requests that start operations.</summary>
    public new ArmClient Client => base.Client;

    public ArmAddresses Addresses { get; }

    /// <summary>The delay before a failed request is sent again.</summary>
    public DelayStrategy Retry { get; }

    /// <summary>The delay between polls of an operation.</summary>
    public DelayStrategy Polling { get; }

    /// <summary>The delay for a service that isn't ready.</summary>
    public DelayStrategy Busy { get; }

    /// <summary>Reads a document. One that can't be read is requested again.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    /// <exception cref="JsonException">The document isn't JSON, or not of that type.</exception>
    public Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(address, type, isBuffered: true, Retries, cancellationToken);

    /// <summary>Reads a document; null if the service says that it isn't there.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<T?> TryGetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync(address, type, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404 && ArmError.Of(e).SaysThatItIsGone)
        {
            return null;
        }
    }

    /// <summary>Looks at something, and again where a proxy may have answered in Azure's place: that passes, mostly.
    /// </summary>
    public async Task<T> LookAsync<T>(Func<CancellationToken, Task<T>> look, CancellationToken cancellationToken)
    {
        for (int looks = 1; ; looks++)
        {
            try
            {
                return await look(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (looks < MostLooks && MayBeOfProxy(e))
            {
                await Retry.WaitAsync(null, looks, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads a list page by page. The next page is requested when the caller moves on.</summary>
    /// <param name="readEntry">Reads an entry of a page that couldn't be read as a whole.</param>
    /// <exception cref="RequestFailedException">The service refused a page, or couldn't be reached.</exception>
    /// <exception cref="JsonException">A page isn't JSON, or not that of a list.</exception>
    /// <exception cref="RecoveryException">A page has no list, or its link is wrong.</exception>
    public async IAsyncEnumerable<List<T>> ListAsync<T>(
        Uri first, JsonTypeInfo<ListPage<T>> type, Func<JsonElement, T> readEntry,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var visited = new HashSet<Uri>();
        for (Uri? address = first; address is not null;)
        {
            if (!visited.Add(address))
                throw ServiceErrors.InvalidResponse("its pages lead back to a page that was already read");
            if (visited.Count > MostPages)
                throw ServiceErrors.InvalidResponse($"its list has more than {MostPages:N0} pages");
            ListPage<T> page = await GetPageAsync(address, type, readEntry, cancellationToken).ConfigureAwait(false);
            yield return page.Value ?? throw ServiceErrors.InvalidResponse("it has no list");
            address = Addresses.NextPage(page.NextLink);
        }
    }

    /// <summary>Reads a list page by page as JSON.</summary>
    /// <inheritdoc cref="ListAsync{T}"/>
    public IAsyncEnumerable<List<JsonElement>> ListAsync(Uri first, CancellationToken cancellationToken) =>
        ListAsync(first, ArmJson.Default.Page, entry => entry, cancellationToken);

    /// <summary>Reads all pages of a list as JSON.</summary>
    /// <inheritdoc cref="ListAsync{T}"/>
    public async Task<List<JsonElement>> ListAllAsync(Uri first, CancellationToken cancellationToken)
    {
        List<JsonElement> all = [];
        await foreach (List<JsonElement> page in ListAsync(first, cancellationToken).ConfigureAwait(false))
            all.AddRange(page);
        return all;
    }

    /// <summary>Whether a response can't be read, as if it broke off: the next may be whole.</summary>
    public static bool IsGarbled(Exception failure) =>
        failure is JsonException or RecoveryException { ErrorId: RecoveryErrorId.InvalidServiceResponse };

    private static bool MayBeOfProxy(Exception failure) => IsGarbled(failure)
        || failure is RequestFailedException { Status: >= 300 and < 400 }
        || (failure is RequestFailedException { Status: 404 } notFound && ArmError.Of(notFound).Code is null);

    /// <summary>Reads a page of a list as a stream. One that can't be read, or breaks off, is requested again and read
    /// entry by entry: an odd one doesn't hide the others.</summary>
    private async Task<ListPage<T>> GetPageAsync<T>(
        Uri address, JsonTypeInfo<ListPage<T>> type, Func<JsonElement, T> readEntry,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(address, type, isBuffered: false, retries: 0, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (IsRetried(e, cancellationToken))
        {
            await Retry.WaitAsync(null, 1, cancellationToken).ConfigureAwait(false);
            ListPage<JsonElement> page = await ReadAsync(
                address, ArmJson.Default.Page, isBuffered: false, Retries - 1, cancellationToken).ConfigureAwait(false);
            return new() { Value = page.Value?.ConvertAll(entry => readEntry(entry)), NextLink = page.NextLink };
        }
    }

    private async Task<T> ReadAsync<T>(
        Uri address, JsonTypeInfo<T> type, bool isBuffered, int retries, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool isReading = false;
            try
            {
                using HttpMessage message = Pipeline.CreateMessage();
                message.BufferResponse = isBuffered;
                message.Request.Method = RequestMethod.Get;
                message.Request.Uri.Reset(address);
                message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
                await Pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
                if (message.Response.Status != 200) throw new RequestFailedException(message.Response);
                isReading = true;
                return await JsonSerializer.DeserializeAsync(
                    message.Response.ContentStream ?? Stream.Null, type, cancellationToken).ConfigureAwait(false)
                    ?? throw ServiceErrors.InvalidResponse("it is null");
            }
            catch (Exception e) when (isReading && attempt <= retries && IsRetried(e, cancellationToken))
            {
                await Retry.WaitAsync(null, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The pipeline doesn't retry once a stream is being read.
    private static bool IsRetried(Exception e, CancellationToken cancellationToken) =>
        (IsGarbled(e) || e is IOException or HttpRequestException or WebException or TaskCanceledException)
        && !cancellationToken.IsCancellationRequested;
}
