using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.SignIn;

/// <summary>The tokens of Az.Accounts 5, and those of its versions before, which are plain text.</summary>
[Collection(TokenOption.Collection)]
public sealed class TokenTests : ModuleTest
{
    private const string BreakingChange = """
        Upcoming breaking changes in the cmdlet 'Get-AzAccessToken' :
        The Token property of the output type will be changed from String to SecureString.
        """;

    // Az.Accounts 3 writes it even where a SecureString is asked for.
    private const string WarnOfBreakingChange = $"""
        $PSCmdlet.WriteWarning("{BreakingChange}")
        """;

    private const string WarnOfSignIn = """
        $PSCmdlet.WriteWarning('The sign-in of this device ends in 2 days.')
        """;

    // Each token is another, and the first ends in a minute.
    private const string ShortLived = """
        $script:Tokens++
        $token.ExpiresOn = [System.DateTimeOffset]::UtcNow.AddMinutes($(if ($script:Tokens -eq 1) { 1 } else { 60 }))
        $token.Token = if ($token.Token -is [string]) { "token-$script:Tokens" }
            else { [System.Net.NetworkCredential]::new('', "token-$script:Tokens").SecurePassword }
        """;

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(1.5),
    };

    [Theory]
    [InlineData(null, "SecureString PSSecureAccessToken")]
    [InlineData("1", "SecureString PSSecureAccessToken")]
    [InlineData("True", "String PSAccessToken")]
    public void A_command_uses_the_token_whichever_type_it_has(string? option, string type)
    {
        using var _ = new TokenOption(option);
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run("""
            $token = Get-AzAccessToken
            "$($token.Token.GetType().Name) $($token.PSTypeNames[0].Split('.')[-1])"
            (Get-AzAccessToken -AsSecureString).Token.GetType().Name
            (Get-DeletedCognitiveAccount).Name
            (Restore-CognitiveAccount contoso-one -AsJob | Receive-Job -Wait).Name
            """).ThrowIfFailed();

        Assert.Equal([type, "SecureString", "contoso-one", "contoso-one"], Texts(result));
        Assert.All(Arm.Requests, request => Assert.Equal("Bearer sandbox", request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("true")]
    public void A_command_gets_a_new_token_when_the_first_is_about_to_expire(string? option)
    {
        using var _ = new TokenOption(option);
        GivenDeleted("contoso-one");
        Rewrite(ShortLived);

        Shell.Run("Restore-CognitiveAccount contoso-one").ThrowIfFailed();

        Assert.Equal("Bearer token-1", Arm.Requests[0].Headers["Authorization"]);
        Assert.Equal("Bearer token-2", Arm.Requests[^1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("true")]
    public void A_job_gets_a_new_token_when_the_first_is_about_to_expire(string? option)
    {
        using var _ = new TokenOption(option);
        GivenDeleted("contoso-one");
        Rewrite(ShortLived);

        Shell.Run("$null = Restore-CognitiveAccount contoso-one -AsJob | Receive-Job -Wait").ThrowIfFailed();

        // The job has no part in the session that gives the others.
        Assert.Equal("Bearer token-1", Arm.Requests[0].Headers["Authorization"]);
        Assert.Equal("Bearer sandbox", Arm.Requests[^1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData("Continue")]
    [InlineData("Stop")]
    public void A_warning_about_the_command_that_gets_the_token_isnt_shown(string preference)
    {
        GivenDeleted("contoso-one");
        Rewrite(WarnOfBreakingChange);

        Shell.Show($"$WarningPreference = '{preference}'; (Get-DeletedCognitiveAccount).Name");

        Assert.Equal("contoso-one", Screen.ToString().Trim());
    }

    [Fact]
    public void Any_other_warning_of_the_sign_in_is_one_of_the_command()
    {
        Rewrite(WarnOfBreakingChange + "\n" + WarnOfSignIn);

        ShellResult shown = Shell.Run("Get-DeletedCognitiveAccount").ThrowIfFailed();
        ShellResult hidden = Shell.Run("Get-DeletedCognitiveAccount -WarningAction SilentlyContinue").ThrowIfFailed();

        Assert.Equal(["The sign-in of this device ends in 2 days."], shown.Warnings);
        Assert.Empty(hidden.Warnings);
    }

    [Fact]
    public void A_warning_comes_before_the_error_that_there_is_no_token()
    {
        Rewrite(WarnOfSignIn + "\n throw 'The refresh token has expired.'");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount");

        Assert.Equal(["The sign-in of this device ends in 2 days."], result.Warnings);
        Assert.Equal(
            $"AuthenticationFailed,{GetClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_job_has_the_warnings_of_its_sign_in()
    {
        GivenDeleted("contoso-one");
        string folder = Directory.CreateTempSubdirectory("cogrecover-az").FullName;
        File.WriteAllText(Path.Combine(folder, "Az.Accounts.psm1"), $$"""
            {{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Modules", "Az.Accounts", "Az.Accounts.psm1"))}}
            {{Wrapper(ShortLived + "\n" + WarnOfBreakingChange + "\n" + WarnOfSignIn)}}
            """);

        ShellResult result = Shell.Run($$"""
            $context = Get-AzContext
            Remove-Module Az.Accounts -Force
            Import-Module '{{folder}}/Az.Accounts.psm1'
            $job = Restore-CognitiveAccount contoso-one -DefaultProfile $context -AsJob -WarningAction SilentlyContinue
            $null = Wait-Job $job
            $job.Warning.Message; $job.ChildJobs.Warning.Message
            """).ThrowIfFailed();
        Directory.Delete(folder, recursive: true);

        Assert.Contains("The sign-in of this device ends in 2 days.", Texts(result));
        Assert.DoesNotContain(Texts(result), text => text.Contains("breaking", StringComparison.Ordinal));
    }

    /// <summary>Lets the stand-in do more before it writes its token, <c>$token</c>.</summary>
    private void Rewrite(string more) =>
        Shell.Run($"& (Get-Module Az.Accounts) {{ {Wrapper(more)} }}").ThrowIfFailed();

    private static string Wrapper(string more) => $$"""
        $script:Tokens = 0
        $script:Get = ${function:Get-AzAccessToken}
        function script:Get-AzAccessToken {
            [CmdletBinding()]
            param($DefaultProfile)
            $token = & $script:Get -DefaultProfile $DefaultProfile
            {{more}}
            $token
        }
        """;

    private static string[] Texts(ShellResult result) => [.. result.Output.Select(value => $"{value}")];
}
