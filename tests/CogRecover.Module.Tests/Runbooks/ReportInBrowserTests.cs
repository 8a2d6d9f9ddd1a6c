using System.Diagnostics;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The report in a headless Chromium, where one is installed.</summary>
public sealed class ReportInBrowserTests : WatchTest
{
    private static readonly string[] Browsers =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override SimulatedArmOptions Options => new();

    [Theory]
    [InlineData("light", "--blink-settings=preferredColorScheme=1")]
    [InlineData("dark", "--blink-settings=preferredColorScheme=0")]
    public async Task The_report_draws_without_a_word_in_the_console(string scheme, string setting)
    {
        string chromium = FindChromium();
        Run($"-ReportPath '{Report}'").ThrowIfFailed();
        string picture = Path.ChangeExtension(Report, $".{scheme}.png");
        File.Delete(picture);

        string said = await BrowseAsync(
            chromium, Report, setting, "--window-size=1280,1600", $"--screenshot={picture}");

        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(picture).Length, 50_000, 5_000_000);
        TestContext.Current.AddAttachment($"report-{scheme}.png", File.ReadAllBytes(picture), "image/png");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task The_report_fits_the_width_of_a_screen(int width)
    {
        string chromium = FindChromium();
        Run($"-ReportPath '{Report}'").ThrowIfFailed();
        string frame = Path.ChangeExtension(Report, ".frame.html");
        File.WriteAllText(frame, $"""
            <!DOCTYPE html><iframe src="{Path.GetFileName(Report)}" style="width:{width}px;height:900px;border:0"
            onload="document.title = 'wide ' + contentDocument.documentElement.scrollWidth"></iframe>
            """);

        string page = await BrowseAsync(
            chromium, frame, "--allow-file-access-from-files", "--window-size=1400,1000", "--dump-dom");

        Assert.Contains($"<title>wide {width}</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_prints()
    {
        string chromium = FindChromium();
        Run($"-ReportPath '{Report}'").ThrowIfFailed();
        string paper = Path.ChangeExtension(Report, ".pdf");
        File.Delete(paper);

        string said = await BrowseAsync(chromium, Report, "--no-pdf-header-footer", $"--print-to-pdf={paper}");

        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(paper).Length, 10_000, 5_000_000);
    }

    private static string FindChromium()
    {
        IEnumerable<string> found =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in Browsers
            let file = Path.Combine(folder, name)
            where File.Exists(file)
            select file;
        string? chromium = found.FirstOrDefault();
        Assert.SkipWhen(chromium is null, "No Chromium is installed: the report isn't looked at in a browser.");
        return chromium!;
    }

    /// <returns>What it wrote: the page, and what its console says.</returns>
    private static async Task<string> BrowseAsync(string chromium, string file, params string[] arguments)
    {
        string profile = Directory.CreateTempSubdirectory("cogrecover-").FullName;
        string[] all =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--enable-logging=stderr", $"--user-data-dir={profile}", .. arguments, new Uri(file).AbsoluteUri,
        ];
        using var browser = Process.Start(new ProcessStartInfo(chromium, all)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            Task<string> page = browser.StandardOutput.ReadToEndAsync(Cancellation);
            Task<string> log = browser.StandardError.ReadToEndAsync(Cancellation);
            await browser.WaitForExitAsync(Cancellation);
            string said = await page + await log;
            Assert.True(browser.ExitCode == 0, said);
            return said;
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
            Directory.Delete(profile, recursive: true);
        }
    }
}
