using System.Text.Json;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CogRecover.Sandbox.Arm.Faults;

/// <summary>Decides which answers go wrong.</summary>
public sealed partial class FaultInjector
{
    /// <summary>Where it is controlled from outside.</summary>
    internal const string Path = "/_sandbox/faults";

    private readonly Lock gate = new();
    private Armed[] faults = [];
    private Random random = new(0);

    /// <summary>How often each fault has struck since the plan was set.</summary>
    public IReadOnlyList<int> Strikes
    {
        get
        {
            lock (gate) return [.. faults.Select(fault => fault.Strikes)];
        }
    }

    /// <summary>Sets the faults from now on.</summary>
    /// <exception cref="ArgumentException">A path isn't a regular expression, or a header or status can't be sent.
    /// </exception>
    public void Set(FaultPlan plan)
    {
        foreach (Fault fault in plan.Faults) Check(fault);
        Armed[] armed = [.. plan.Faults.Select(fault => new Armed(fault))];
        lock (gate) (faults, random) = (armed, new Random(plan.Seed));
    }

    /// <summary>Sets the faults from now on.</summary>
    public void Set(params Fault[] plan) => Set(new FaultPlan { Faults = plan });

    /// <summary>Answers requests that set faults (POST), or ask how often each struck (GET).</summary>
    internal async Task ControlAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Method == HttpMethods.Post)
                Set(await FaultPlan.ReadAsync(http.Request.Body, http.RequestAborted));
            await http.WriteAsync(200, new { Strikes });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            await http.WriteAsync(new ArmException(400, "InvalidFault", e.Message));
        }
    }

    /// <summary>Answers a request, rightly or not.</summary>
    internal async Task InvokeAsync(HttpContext http, Func<Task> answer)
    {
        if (Draw(http.Request) is not { } fault)
        {
            await answer();
            return;
        }

        var right = fault.After || NeedsAnswer(fault.Kind) ? await CaptureAsync(http, answer) : [];
        await new FaultyAnswer(http, fault, right).GiveAsync();
    }

    private static void Check(Fault fault)
    {
        if (fault is { Kind: FaultKind.Status, Status: < 200 or > 599 })
            throw new ArgumentException($"{fault.Status} is no status of an answer.");
        if (fault.Headers is null) throw new ArgumentException("Headers are an object.");
        foreach (var (name, value) in fault.Headers)
        {
            if (!HeaderName().IsMatch(name) || (value is not null && !HeaderValue().IsMatch(value)))
                throw new ArgumentException($"The header '{name}' can't be sent.");
        }
    }

    private static bool NeedsAnswer(FaultKind kind) => kind is not
        (FaultKind.Status or FaultKind.Reset or FaultKind.ResetInHeader or FaultKind.Silence or FaultKind.Redirect
        or FaultKind.Operation);

    private static async Task<byte[]> CaptureAsync(HttpContext http, Func<Task> answer)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await answer();
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(real);
        }

        http.Response.ContentLength = null;
        return body.ToArray();
    }

    private Fault? Draw(HttpRequest request)
    {
        lock (gate) return Array.Find(faults, fault => fault.StrikesAt(request, random))?.Fault;
    }

    [GeneratedRegex(@"^[\w!#$%&'*+.^`|~-]+\z", RegexOptions.ECMAScript)]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"^[\t -~]*\z")]
    private static partial Regex HeaderValue();

    private sealed class Armed(Fault fault)
    {
        private readonly Regex? path = fault.Path is null ? null : new(fault.Path, RegexOptions.IgnoreCase);
        private int seen;

        public Fault Fault => fault;

        public int Strikes { get; private set; }

        public bool StrikesAt(HttpRequest request, Random random)
        {
            if (fault.Method is { } method && !HttpMethods.Equals(method, request.Method)) return false;
            if (fault.Token is { } token && request.Headers.Authorization != $"Bearer {token}") return false;
            if (path?.IsMatch(request.Path.Value ?? "") == false) return false;
            if (seen++ < fault.Skip || Strikes >= fault.Times || random.NextDouble() >= fault.Chance) return false;
            Strikes++;
            return true;
        }
    }
}
