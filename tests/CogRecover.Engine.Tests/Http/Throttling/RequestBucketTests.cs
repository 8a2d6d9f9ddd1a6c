using CogRecover.Core.Http.Throttling;

namespace CogRecover.Engine.Tests.Http.Throttling;

/// <summary>Requests that are sent as their bucket allows, in a time of their own, to a service with a
/// bucket.</summary>
public sealed class RequestBucketTests
{
    private const double Refill = 10;
    private const int Requests = 150;

    [Theory]
    [InlineData(200, 0)]
    [InlineData(20, 0)]
    [InlineData(20, 0.05)]
    [InlineData(20, 1)]
    [InlineData(20, 3)]
    [InlineData(20, 30)]
    public void Requests_are_sent_as_fast_as_the_service_takes_them_whatever_the_latency(int full, double latency)
    {
        (double took, int refused) = Run(full, there: latency / 2, back: latency / 2);

        Assert.Equal(0, refused);
        Assert.InRange(took, 0, Math.Max(0, (Requests - full) / Refill) + latency + 1);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void It_doesnt_matter_where_the_latency_is(double there, double back)
    {
        (double took, int refused) = Run(full: 20, there, back);

        Assert.Equal(0, refused);
        Assert.InRange(took, 0, ((Requests - 20) / Refill) + there + back + 1);
    }

    [Fact]
    public void What_is_still_on_the_way_is_no_more_left()
    {
        var bucket = new RequestBucket(Refill);
        long first = bucket.Take(0);
        for (int i = 0; i < 10; i++) bucket.Take(0);

        bucket.Responded(first, 12);

        Assert.Equal(0.1, bucket.Wait(0), precision: 6);
    }

    [Fact]
    public void What_was_sent_before_the_answered_request_is_counted_once()
    {
        var bucket = new RequestBucket(Refill);
        long[] before = [.. Enumerable.Range(0, 10).Select(_ => bucket.Take(0))];

        bucket.Responded(bucket.Take(0), 3);

        // Whether the service has counted the others yet is known when they are answered.
        Assert.Equal(1, bucket.Wait(0), precision: 6);
        for (int i = 0; i < 10; i++) bucket.Responded(before[i], 13 - i);
        Assert.Equal(0, bucket.Wait(0), precision: 6);
    }

    [Fact]
    public void Requests_that_are_under_way_together_are_counted_in_any_order()
    {
        int[] order = [9, 3, 14, 0, 7, 1, 12, 5, 11, 2, 13, 8, 4, 10, 6];
        var bucket = new RequestBucket(Refill);
        long[] numbers = [.. order.Select(_ => bucket.Take(0))];

        for (int i = 0; i < order.Length; i++)
        {
            bucket.Responded(numbers[order[i]], 17 - i);

            // All 15 leave 3 of 18, of which 2 stay in reserve.
            Assert.Equal(0, bucket.Wait(0, requests: 1), precision: 6);
            Assert.Equal(0.1, bucket.Wait(0, requests: 2), precision: 6);
        }
    }

    [Fact]
    public void An_answer_that_comes_after_a_later_one_changes_nothing()
    {
        var bucket = new RequestBucket(Refill);
        long first = bucket.Take(0);
        bucket.Responded(bucket.Take(0), 3);

        bucket.Responded(first, 100);

        Assert.Equal(0.5, bucket.Wait(0, requests: 6), precision: 6);
    }

    [Fact]
    public void Nobody_waits_before_the_service_has_said_how_many_are_left()
    {
        var bucket = new RequestBucket(Refill);

        for (int i = 0; i < 1000; i++) bucket.Responded(bucket.Take(i), null);

        Assert.True(bucket.Wait(1000, requests: 1000) <= 0);
    }

    /// <summary>Sends one request and, when it is answered, the others as the bucket allows.</summary>
    /// <returns>When the last was answered after the first was, and how many were refused.</returns>
    private static (double Took, int Refused) Run(int full, double there, double back)
    {
        var bucket = new RequestBucket(Refill);
        var arriving = new Queue<(double At, long Number)>();
        var answers = new Queue<(double At, long Number, double? Count)>();
        double service = full;
        double countedAt = 0;
        int refused = 0;
        int sent = 0;
        double now = 0;
        while (sent <= Requests || arriving.Count + answers.Count > 0)
        {
            double nextSend = sent > Requests || (sent == 1 && arriving.Count + answers.Count > 0)
                ? double.PositiveInfinity
                : now + Math.Max(0, bucket.Wait(now));
            double nextArrival = arriving.Count > 0 ? arriving.Peek().At : double.PositiveInfinity;
            double nextAnswer = answers.Count > 0 ? answers.Peek().At : double.PositiveInfinity;
            now = Math.Min(nextSend, Math.Min(nextArrival, nextAnswer));
            if (now == nextArrival)
            {
                service = Math.Min(full, service + ((now - countedAt) * Refill));
                countedAt = now;
                bool isTaken = service > 1 - 1e-6;
                if (isTaken) service--;
                else refused++;
                answers.Enqueue((now + back, arriving.Dequeue().Number, isTaken ? Math.Floor(service + 1e-6) : null));
            }
            else if (now == nextAnswer)
            {
                (_, long number, double? count) = answers.Dequeue();
                bucket.Responded(number, count);
            }
            else
            {
                arriving.Enqueue((now + there, bucket.Take(now)));
                sent++;
            }
        }

        return (now - there - back, refused);
    }
}
