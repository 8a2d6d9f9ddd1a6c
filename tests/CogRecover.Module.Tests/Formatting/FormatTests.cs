using System.Globalization;
using System.Xml.Linq;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.PowerShell.Commands;

namespace CogRecover.Module.Tests.Formatting;

public sealed class FormatTests : ModuleTest
{
    private protected override SimulatedArmOptions Options => new();

    [Fact]
    public void The_table_names_the_subscription_and_begins_with_what_is_lost_first()
    {
        Shell.Show("Get-DeletedCognitiveAccount");

        string[] lines = [.. Screen.ToString().Split(Environment.NewLine).Where(line => line.Length > 0)];
        Assert.Equal(3 + Arm.State.DeletedAccounts.Count, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length < 80, line));
        Assert.Equal($"   Subscription: Sandbox ({Subscription})", lines[0]);
        Assert.Matches("^Left +Name +ResourceGroup +Location +Kind *$", lines[1]);
        Assert.Matches("^█░░░  0h(39|40)m contoso-face-kiosk rg-stores +southcentralus Face *$", lines[3]);
        Assert.Matches(@"^████ 4[56]h\d\dm contoso-openai-pr… rg-ai-prod +swedencentral +OpenAI *$", lines[^1]);
    }

    /// <summary>No column is lost, and no row is wider than the window, whatever characters names have.</summary>
    [Theory]
    [InlineData(80, "contoso-speech-production-westeurope", "rg-speech-production-westeurope")]
    [InlineData(120, "contoso-speech-production-westeurope", "rg-speech-production-westeurope")]
    [InlineData(200, "contoso-speech-production-westeurope", "rg-speech-production-westeurope")]
    [InlineData(80, "contoso-jp", "rg-音声認識サービス本番環境西日本")]
    [InlineData(120, "contoso-jp", "rg-音声認識サービス本番環境西日本リソースグループその二")]
    [InlineData(200, "contoso-jp", "rg-音声認識サービス本番環境西日本リソースグループその二")]
    [InlineData(80, "contoso-cz", "rg-pr\u030Cekla\u0301dac\u030C-r\u030Cec\u030Ci-produkce")]
    [InlineData(120, "contoso-cz", "rg-pr\u030Cekla\u0301dac\u030C-r\u030Cec\u030Ci-produkce-za\u0301pad")]
    [InlineData(200, "contoso-cz", "rg-pr\u030Cekla\u0301dac\u030C-r\u030Cec\u030Ci-produkce-za\u0301pad")]
    public void Every_view_fits_the_window_in_cells(int width, string name, string group)
    {
        Arm.State.AddDeletedAccount(name, group, "West US 2", kind: "SpeechServices");
        using var window = ModuleShell.Connect(Arm.Endpoint, Options.TenantId, Options.SubscriptionId,
            new SandboxUserInterface(Screen, width, isTerminal: false));
        (string Command, string Header, string End)[] views =
        [
            ($"Get-DeletedCognitiveAccount {name}", "Left +Name +ResourceGroup +Location +Kind", "SpeechServices"),
            ($"Test-CognitiveAccountRestore {name}", "Name +ResourceGroup +CanRestore +Findings", "passed."),
            ($"Restore-CognitiveAccount {name}", "State +Name +ResourceGroup +Location +Kind", "SpeechServices"),
        ];

        Assert.All(views, view =>
        {
            Screen.GetStringBuilder().Clear();
            window.Show(view.Command);
            string[] lines = [.. Screen.ToString().Split(Environment.NewLine).Where(line => line.Length > 0)
                .Select(line => line.TrimEnd())];
            Assert.All(lines, line => Assert.InRange(Cells(line), 1, width - 1));
            Assert.Matches($"^{view.Header}$", lines[1]);
            Assert.EndsWith(view.End, lines[^1], StringComparison.Ordinal);
            Assert.All(lines, line => Assert.DoesNotMatch(@"(^|\s)\u030C|\u0301…\u030C", line));
        });

        // What a terminal needs at most: two for a Japanese character. A combining mark needs none of its own.
        static int Cells(string line) => line.Sum(one => one > '\u2E80' ? 2 : 1);
    }

    [Fact]
    public void The_list_view_shows_every_property_of_an_account()
    {
        string format = Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "CogRecover.Format.ps1xml");
        string[] shown = [.. XDocument.Load(format).Descendants("View")
            .First(view => view.Element("ListControl") is not null).Descendants("ListItem")
            .Select(item => (item.Element("PropertyName") ?? item.Element("Label"))!.Value)];

        string[] properties = [.. Shell.Run("[CogRecover.DeletedCognitiveAccount].GetProperties().Name")
            .ThrowIfFailed().Output.Select(name => name.ToString())];

        Assert.Equal(properties.Order(), shown.Order());
    }

    [Fact]
    public void Tags_and_lists_read_well_in_a_table_and_in_a_list_and_stay_what_they_are()
    {
        Arm.State.AddDeletedAccount("contoso-tagged", "rg-ai", configure: account =>
            account.Tags = new Dictionary<string, string> { ["env"] = "prod", ["team"] = "speech" });

        ShellResult result = Shell.Run($$"""
            Import-Module '{{typeof(ExportCsvCommand).Assembly.Location}}'
            $account = Get-DeletedCognitiveAccount contoso-tagged
            ($account | Select-Object Tags, Projects | Format-Table | Out-String).Trim()
            ($account | Format-List Tags | Out-String).Trim()
            ($account.Tags | Out-String).Trim()
            $account.Tags | ConvertTo-Json -Compress
            $account.Tags['env'] + $account.Tags.team
            -join ($account.Tags.GetEnumerator() | ForEach-Object { $_.Key + $_.Value })
            $serializer = [System.Management.Automation.PSSerializer]
            $serializer::Deserialize($serializer::Serialize($account)).Tags.team
            """).ThrowIfFailed();

        string[] shown = [.. result.Output.Select(text => $"{text}".ReplaceLineEndings("\n"))];
        Assert.Matches("^Tags +Projects\n-+ +-+\n{env=prod, team=speech} {}$", shown[0]);
        Assert.Equal("Tags : {env=prod, team=speech}", shown[1]);
        Assert.Matches("^Key +Value\n-+ +-+\nenv +prod\nteam +speech$", shown[2]);
        Assert.Equal(["{\"env\":\"prod\",\"team\":\"speech\"}", "prodspeech", "envprodteamspeech", "speech"], shown[3..]);
    }

    [Theory]
    [InlineData("1.06:00:00", "███░ 30h00m")]
    [InlineData("11:59:00", "█░░░ 11h59m")]
    [InlineData("00:40:00", "█░░░  0h40m")]
    [InlineData("2.00:00:00", "████ 48h00m")]
    [InlineData("00:00:00", "expired")]
    public void The_time_left_is_a_bar_with_hours_and_minutes(string left, string text) =>
        Assert.Equal(text, Format(left, Shell));

    [Fact]
    public void The_time_left_is_coloured_where_the_host_can()
    {
        using var terminal = ModuleShell.Connect(Arm.Endpoint, Options.TenantId, Options.SubscriptionId,
            new SandboxUserInterface(TextWriter.Null, width: 80, isTerminal: true));
        (string left, string? noColour, string start)[] given =
        [
            ("12:00:00", null, "\e[32m"),
            ("11:59:00", null, "\e[33m"),
            ("04:00:00", null, "\e[33m"),
            ("03:59:00", null, "\e[31m"),
            ("03:59:00", "1", "█"),
        ];

        Assert.All(given, one =>
        {
            (string left, string? noColour, string start) = one;
            string? before = Environment.GetEnvironmentVariable("NO_COLOR");
            Environment.SetEnvironmentVariable("NO_COLOR", noColour);
            try
            {
                Assert.StartsWith(start, Format(left, terminal), StringComparison.Ordinal);
            }
            finally
            {
                Environment.SetEnvironmentVariable("NO_COLOR", before);
            }
        });
    }

    [Fact]
    public void Dates_are_those_of_the_service_in_every_culture()
    {
        Shell.Show("""
            [System.Threading.Thread]::CurrentThread.CurrentCulture = 'ar-SA'
            Restore-CognitiveAccount contoso-openai-prod -WhatIf
            """);

        string year = DateTime.UtcNow.AddHours(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Contains($"deleted {year}", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_window_cuts_nothing()
    {
        using var wide = ModuleShell.Connect(Arm.Endpoint, Options.TenantId, Options.SubscriptionId,
            new SandboxUserInterface(Screen, width: 140, isTerminal: false));

        wide.Show("Get-DeletedCognitiveAccount contoso-[a-s]*");

        Assert.DoesNotContain("…", Screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("southcentralus", Screen.ToString(), StringComparison.Ordinal);
    }

    private static string Format(string left, ModuleShell shell) =>
        shell.Run($"[CogRecover.Formatting.TimeLeft]::Format([timespan] '{left}', $Host)")
            .ThrowIfFailed().Output[0].ToString()!;
}
