using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>A server whose every page leads to another one: the simulated ARM has no list that is so long.</summary>
internal sealed class EndlessList : IDisposable
{
    // It has an end all the same, so that a test without the bound ends too.
    private const int Pages = 6000;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int pages;

    public EndlessList()
    {
        listener.Start();
        Endpoint = new Uri($"http://{listener.LocalEndpoint}/");
        _ = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync());
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        using (NetworkStream stream = client.GetStream())
        using (var request = new StreamReader(stream))
        {
            while (await request.ReadLineAsync() is { } line)
            {
                // An empty line ends the request.
                if (line.Length > 0) continue;
                int page = Interlocked.Increment(ref pages);
                string next = page < Pages ? $"{Endpoint}page?{page}" : "";
                string body = $$"""{"value":[],"nextLink":"{{next}}"}""";
                byte[] answer = Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
                await stream.WriteAsync(answer, 0, answer.Length);
            }
        }
    }
}
