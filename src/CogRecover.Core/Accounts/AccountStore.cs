namespace CogRecover.Core.Accounts;

/// <summary>Lists and gets accounts, soft-deleted and live. Thread-safe.</summary>
internal sealed class AccountStore(ArmRequests arm, SubscriptionNames subscriptions)
{
    /// <summary>Lists a subscription's soft-deleted accounts page by page, in no order.</summary>
    /// <param name="unreadable">Called for each account that can't be read. The others are still listed.</param>
    /// <param name="none">Called with the reason where the subscription can have no accounts: its list is empty.
    /// </param>
    /// <exception cref="RecoveryException">The list can't be read.</exception>
    public async IAsyncEnumerable<IReadOnlyList<DeletedCognitiveAccount>> ListAsync(
        string subscriptionId, Action<RecoveryException> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken = default, Action<string>? none = null)
    {
        AccountReference.RequireSubscription(subscriptionId);
        IAsyncEnumerable<List<AccountJson>> pages = OrNoneAsync(
            arm.ListAsync(
                arm.Addresses.DeletedAccounts(subscriptionId), AccountJsonContext.Default.Page, AccountJson.Of,
                cancellationToken),
            none, cancellationToken);
        await foreach (List<AccountJson> page in ExplainAsync(pages, new ListAttempt(subscriptionId), cancellationToken)
            .ConfigureAwait(false))
            yield return [.. page.Select(account => AccountReader.TryReadDeleted(account, unreadable))
                .OfType<DeletedCognitiveAccount>()];
    }

    /// <summary>Lists a subscription's live accounts. One that can't be read is left out.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    /// <exception cref="JsonException">The response isn't JSON.</exception>
    /// <exception cref="RecoveryException">The response isn't that of a list.</exception>
    public async Task<IReadOnlyList<CognitiveAccount>> ListLiveAsync(
        string subscriptionId, CancellationToken cancellationToken)
    {
        List<CognitiveAccount> accounts = [];
        await foreach (List<AccountJson> page in arm.ListAsync(
            arm.Addresses.LiveAccounts(subscriptionId), AccountJsonContext.Default.Page, AccountJson.Of,
            cancellationToken).ConfigureAwait(false))
            accounts.AddRange(page.Select(AccountReader.TryReadLive).OfType<CognitiveAccount>());
        return accounts;
    }

    /// <summary>Lists the GUIDs of the subscriptions whose accounts can be listed: those that the token's tenant shows
    /// and that aren't disabled.</summary>
    /// <exception cref="RecoveryException">The list can't be read.</exception>
    public async IAsyncEnumerable<string> ListSubscriptionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        IAsyncEnumerable<List<JsonElement>> pages = arm.ListAsync(arm.Addresses.Subscriptions(), cancellationToken);
        await foreach (List<JsonElement> page in ExplainAsync(pages, new SubscriptionsAttempt(), cancellationToken)
            .ConfigureAwait(false))
            foreach (JsonElement subscription in page)
            {
                subscriptions.Note(subscription.Text("subscriptionId"), subscription.Text("displayName"));
                if (subscription.Text("state") is "Enabled" or "Warned" or "PastDue"
                    && subscription.Text("subscriptionId") is { } id && listed.Add(id))
                    yield return id;
            }
    }

    /// <summary>Finds a live account; null if there is none, or more than one has the name.</summary>
    /// <exception cref="RecoveryException">It can't be looked up.</exception>
    public async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        Attempt attempt = new LookupAttempt(reference);
        if (reference.ResourceGroupName is null)
        {
            List<JsonElement> named = await ExplainAsync(
                arm.ListAllAsync(arm.Addresses.LiveAccounts(reference), cancellationToken), attempt, cancellationToken)
                .ConfigureAwait(false);
            if (named is not [var only]) return null;
            reference = AccountId.Parse(only.Text("id") ?? "");
        }

        return await ExplainAsync(GetLiveAsync(reference, cancellationToken), attempt, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds a soft-deleted account whose group and location are known.</summary>
    /// <exception cref="RecoveryException">It isn't there, or can't be looked up.</exception>
    public Task<DeletedCognitiveAccount> FindAsync(AccountReference reference, CancellationToken cancellationToken)
    {
        return ExplainAsync(ReadAsync(), new LookupAttempt(reference), cancellationToken);

        async Task<DeletedCognitiveAccount> ReadAsync() => AccountReader.ReadDeleted(await arm.GetAsync(
            arm.Addresses.DeletedAccount(reference), AccountJsonContext.Default.AccountJson, cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>Gets a soft-deleted account whose group and location are known; null if nothing is there.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or couldn't be reached.</exception>
    /// <exception cref="JsonException">The response isn't JSON.</exception>
    /// <exception cref="RecoveryException">The response isn't that of an account.</exception>
    public async Task<DeletedCognitiveAccount?> GetAsync(
        AccountReference reference, CancellationToken cancellationToken) =>
        await TryGetAsync(arm.Addresses.DeletedAccount(reference), cancellationToken).ConfigureAwait(false) is { } found
            ? AccountReader.ReadDeleted(found)
            : null;

    /// <summary>Gets a live account whose group is known; null if there is none.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<CognitiveAccount?> GetLiveAsync(
        AccountReference reference, CancellationToken cancellationToken) =>
        await TryGetAsync(arm.Addresses.LiveAccount(reference), cancellationToken).ConfigureAwait(false) is { } live
            ? AccountReader.ReadLive(live)
            : null;

    private Task<AccountJson?> TryGetAsync(Uri address, CancellationToken cancellationToken) =>
        arm.TryGetAsync(address, AccountJsonContext.Default.AccountJson, cancellationToken);

    private static async IAsyncEnumerable<T> OrNoneAsync<T>(
        IAsyncEnumerable<T> list, Action<string>? none, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<T> read = list.GetAsyncEnumerator(cancellationToken);
        await using (read.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await read.MoveNextAsync().ConfigureAwait(false)) yield break;
                }
                catch (RequestFailedException e) when (ArmError.Of(e) is { MeansNone: true } error)
                {
                    none?.Invoke(error.ToString());
                    yield break;
                }

                yield return read.Current;
            }
        }
    }

    private static async IAsyncEnumerable<T> ExplainAsync<T>(
        IAsyncEnumerable<T> list, Attempt attempt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<T> read = list.GetAsyncEnumerator(cancellationToken);
        await using (read.ConfigureAwait(false))
            while (await ExplainAsync(read.MoveNextAsync().AsTask(), attempt, cancellationToken).ConfigureAwait(false))
                yield return read.Current;
    }

    private static async Task<T> ExplainAsync<T>(Task<T> read, Attempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw attempt.Explain(e);
        }
    }
}
