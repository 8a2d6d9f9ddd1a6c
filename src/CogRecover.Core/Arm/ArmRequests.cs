using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Core.Arm;

/// <summary>The requests to Azure Resource Manager that CogRecover makes, through the pipeline of its client.</summary>
internal sealed class ArmRequests : ArmResource
{
    private static readonly string[] QuotedHeaders =
        ["Content-Type", "Date", "Retry-After", "x-ms-request-id", "x-ms-correlation-request-id"];

    /// <summary>How often an answer that can't be read is asked for again.</summary>
    public const int Retries = 3;

    private ArmRequests(ArmClient client, ArmConnection connection, DelayStrategy retry)
        : base(client, ResourceIdentifier.Root)
    {
        (Client, Retry) = (client, retry);
        Polling = new PollingDelay(connection.PollingDelay);
        Busy = DelayStrategy.CreateExponentialDelayStrategy(connection.BusyDelay, TimeSpan.FromSeconds(30));
    }

    /// <summary>How long to wait before a request that failed is tried again.</summary>
    public DelayStrategy Retry { get; }

    /// <summary>How long to wait before an operation is asked again whether it has ended.</summary>
    public DelayStrategy Polling { get; }

    /// <summary>How long to wait for a service that isn't ready yet.</summary>
    public DelayStrategy Busy { get; }

    private new ArmClient Client { get; }

    public static ArmRequests To(ArmConnection connection)
    {
        Uri endpoint = connection.Endpoint;
        DelayStrategy retry = DelayStrategy.CreateExponentialDelayStrategy(connection.RetryDelay);
        var options = new ArmClientOptions
        {
            Environment = new ArmEnvironment(endpoint, endpoint.AbsoluteUri),
            RetryPolicy = new SafeRetryPolicy(retry),
            Retry = { NetworkTimeout = connection.NetworkTimeout },
            Diagnostics = { IsDistributedTracingEnabled = false, IsLoggingContentEnabled = false },
        };
        // What an exception of the library quotes of an answer. A challenge may quote the token.
        options.Diagnostics.LoggedHeaderNames.Clear();
        foreach (string header in QuotedHeaders) options.Diagnostics.LoggedHeaderNames.Add(header);
        options.SetApiVersion(AccountId.LiveType, connection.ApiVersion);
        options.SetApiVersion(AccountId.DeletedType, connection.ApiVersion);
        options.SetApiVersion(ResourceGroupResource.ResourceType, ArmAddresses.ResourcesVersion);
        options.AddPolicy(new TrustedHostPolicy(endpoint), HttpPipelinePosition.PerCall);
        options.AddPolicy(new ClaimsChallengePolicy(connection), HttpPipelinePosition.PerCall);
        options.AddPolicy(new ThrottlePolicy(
            kind => connection.Session.ThrottleGates.Of(connection.Endpoint, connection.SignIn, kind), connection.LongestThrottling,
            connection.Throttled), HttpPipelinePosition.PerCall);
        options.AddPolicy(new RequestLogPolicy(connection), HttpPipelinePosition.PerRetry);
        options.AddPolicy(new ResponseLimitPolicy(), HttpPipelinePosition.BeforeTransport);
        if (TrustedHostPolicy.IsLoopbackHttp(endpoint)) options.Transport = LoopbackHttpHandler.Transport;
        options.Transport = connection.Transport ?? options.Transport;
        return new ArmRequests(new ArmClient(new ArmTokenCredential(connection), default, options), connection, retry);
    }

    /// <summary>Reads a document. One that can't be read is asked for again.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    /// <exception cref="JsonException">The answer isn't JSON, or not of that type.</exception>
    public Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(address, type, isBuffered: true, Retries, cancellationToken);

    /// <summary>
    /// Reads a page of a list as it comes. One that can't be read, or breaks off, is asked for again as a whole, and then
    /// entry by entry: an odd one doesn't hide the others.
    /// </summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<ListPage<T>> GetPageAsync<T>(
        Uri address, JsonTypeInfo<ListPage<T>> type, Func<JsonElement, T> readEntry, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(address, type, isBuffered: false, retries: 0, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRetried(e, cancellationToken))
        {
            await Retry.WaitAsync(null, 1, cancellationToken).ConfigureAwait(false);
            ListPage<JsonElement> page = await ReadAsync(
                address, ArmJson.Default.Page, isBuffered: false, Retries - 1, cancellationToken).ConfigureAwait(false);
            return new() { Value = page.Value?.ConvertAll(entry => readEntry(entry)), NextLink = page.NextLink };
        }
    }

    /// <summary>Whether an answer came that can't be read, as if it were broken off: the next may be whole.</summary>
    public static bool IsGarbled(Exception failure) =>
        failure is JsonException or RecoveryException { ErrorId: RecoveryErrorId.InvalidServiceResponse };

    /// <summary>Reads a document; null if the service says that there is none.</summary>
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

    /// <summary>Asks for an account's resource group, in the account's location.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    public async Task<Operation> StartGroupAsync(AccountReference account, CancellationToken cancellationToken) =>
        await Client.GetSubscriptionResource(new ResourceIdentifier($"/subscriptions/{account.SubscriptionId}"))
            .GetResourceGroups()
            .CreateOrUpdateAsync(
                WaitUntil.Started, account.ResourceGroupName, new ResourceGroupData(account.Location!),
                cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Asks for a restore. The operation may have ended already.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    public async Task<ArmOperation<GenericResource>> StartRestoreAsync(
        ResourceIdentifier account, string location, CancellationToken cancellationToken)
    {
        var restore = new GenericResourceData(new AzureLocation(location))
        {
            Properties = BinaryData.FromString("""{"restore":true}"""),
        };
        return await Client.GetGenericResources()
            .CreateOrUpdateAsync(WaitUntil.Started, account, restore, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for a purge. The operation may have ended already.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    public async Task<Operation> StartPurgeAsync(
        ResourceIdentifier deletedAccount, CancellationToken cancellationToken) =>
        await Client.GetGenericResource(deletedAccount)
            .DeleteAsync(WaitUntil.Started, cancellationToken).ConfigureAwait(false);

    private async Task<T> ReadAsync<T>(
        Uri address, JsonTypeInfo<T> type, bool isBuffered, int retries, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            HttpMessage message = await SendAsync(address, isBuffered, cancellationToken).ConfigureAwait(false);
            try
            {
                using (message)
                    return await JsonSerializer.DeserializeAsync(
                        message.Response.ContentStream ?? Stream.Null, type, cancellationToken).ConfigureAwait(false)
                        ?? throw ServiceErrors.InvalidResponse("it is null");
            }
            catch (Exception e) when (attempt <= retries && IsRetried(e, cancellationToken))
            {
                await Retry.WaitAsync(null, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The pipeline's own retries end before a stream is read.
    private static bool IsRetried(Exception e, CancellationToken cancellationToken) =>
        (IsGarbled(e) || e is IOException or HttpRequestException or TaskCanceledException)
        && !cancellationToken.IsCancellationRequested;

    private async Task<HttpMessage> SendAsync(Uri address, bool buffered, CancellationToken cancellationToken)
    {
        HttpMessage message = Pipeline.CreateMessage();
        try
        {
            message.BufferResponse = buffered;
            message.Request.Method = RequestMethod.Get;
            message.Request.Uri.Reset(address);
            message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
            await Pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return message.Response.Status == 200 ? message : throw new RequestFailedException(message.Response);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }
}
