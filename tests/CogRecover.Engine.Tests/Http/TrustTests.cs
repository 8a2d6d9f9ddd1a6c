using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Http;

public sealed class TrustTests(QuickArm arm, OtherArm otherArm)
    : EngineTest(arm), IClassFixture<QuickArm>, IClassFixture<OtherArm>
{
    [Theory]
    [InlineData("http://management.azure.com/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("ftp://localhost/")]
    public void An_endpoint_over_http_is_refused_unless_it_is_loopback(string endpoint)
    {
        RecoveryException failure = Assert.Throws<RecoveryException>(() => Connection(new Uri(endpoint)));

        Assert.Equal(RecoveryErrorId.InsecureEndpoint, failure.ErrorId);
    }

    [Fact]
    public async Task A_token_goes_out_with_every_request_to_the_endpoint()
    {
        await ListAsync();

        Assert.Equal($"Bearer {Token}", Assert.Single(await Arm.RequestsAsync()).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("{other}")]
    [InlineData("https://evil.example/")]
    [InlineData("http://localhost:{port}/")]
    [InlineData("http://user@127.0.0.1:{port}/")]
    public async Task A_next_page_elsewhere_is_not_asked_for(string next)
    {
        RemoteArm other = await otherArm.OpenAsync(Token, Cancellation);
        next = next.Replace("{other}", other.Endpoint.ToString()).Replace("{port}", $"{Arm.Endpoint.Port}");
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Edit, Edits = { ["/nextLink"] = $"{next}page2" },
        });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.UntrustedHost, failure.ErrorId);
        Assert.Empty(await other.AllRequestsAsync());
        Assert.Single(await Arm.RequestsAsync());
    }

    [Theory]
    [InlineData("azure-asyncoperation")]
    [InlineData("Location")]
    public async Task An_operation_elsewhere_is_not_polled(string header)
    {
        RemoteArm other = await otherArm.OpenAsync(Token, Cancellation);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 202, Body = "", Headers = { [header] = other.Endpoint + "operation" },
        });

        RecoveryException failure = await FailureAsync(() =>
            PurgeAsync(deleted));

        Assert.Equal(RecoveryErrorId.UntrustedHost, failure.ErrorId);
        Assert.Empty(await other.AllRequestsAsync());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        RemoteArm other = await otherArm.OpenAsync(Token, Cancellation);
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Redirect, Location = other.Endpoint + "subscriptions",
        });

        await FailureAsync(ListAsync);

        Assert.Empty(await other.AllRequestsAsync());
    }

    [Fact]
    public Task A_server_whose_certificate_isnt_trusted_gets_no_request()
    {
        Assert.SkipWhen(Framework.IsMono, "Mono can't make a certificate: it has no CertificateRequest.");
        return RefuseCertificateAsync();
    }

    [Theory]
    [InlineData("https://management.azure.com/", "https://management.azure.com/x", true)]
    [InlineData("https://management.azure.com/", "https://westus.management.azure.com/x", true)]
    [InlineData("https://management.azure.com/", "https://management.azure.com:8443/x", false)]
    [InlineData("https://management.azure.com/", "http://management.azure.com/x", false)]
    [InlineData("https://management.azure.com/", "https://evilmanagement.azure.com/x", false)]
    [InlineData("https://management.azure.com/", "https://management.azure.com.evil.example/x", false)]
    [InlineData("https://management.azure.com/", "https://a@management.azure.com/x", false)]
    public void The_endpoints_host_and_those_under_it_are_trusted(string endpoint, string address, bool trusted) =>
        Assert.Equal(trusted, new TrustedHostPolicy(new Uri(endpoint)).IsTrusted(new Uri(address)));

    [Fact]
    public void A_token_has_no_text()
    {
        var token = new ArmToken(Token, DateTimeOffset.UtcNow);

        Assert.DoesNotContain(Token, token.ToString(), StringComparison.Ordinal);
    }

    private async Task RefuseCertificateAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Windows' SslStream takes no key that is in memory only.
        using X509Certificate2 certificate = Load(made.Export(X509ContentType.Pfx));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<string> heard = ListenAsync(listener, certificate);
        var recovery = new AccountRecovery(Connection(new Uri($"https://localhost:{port}/")));

        RecoveryException failure = await FailureAsync(() => ListAsync(recovery, Subscription));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.DoesNotContain(Token, await heard, StringComparison.Ordinal);
    }

#if NET
    private static X509Certificate2 Load(byte[] pfx) => X509CertificateLoader.LoadPkcs12(pfx, password: null);
#else
    private static X509Certificate2 Load(byte[] pfx) => new(pfx);
#endif

    /// <summary>What comes over the first connection once it is encrypted.</summary>
    private static async Task<string> ListenAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();

        // The retries are refused: otherwise each would wait for an answer.
        listener.Stop();
        using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            byte[] heard = new byte[4096];
            return Encoding.ASCII.GetString(heard, 0, await stream.ReadAsync(heard, Cancellation));
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return "";
        }
    }
}
