using System.Collections;
using System.Management.Automation;
using System.Text;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.SignIn;

/// <summary>The caller's token is in no stream, no error and no exception, however loud everything is.</summary>
[Collection(TokenOption.Collection)]
public sealed class LeakTests : ModuleTest
{
    private const string Secret = "eyJ0eXAiOiJKV1QifQ.top-secret.signature";

    private static readonly string[] Leaks = [Secret, "top-secret"];

    public static TheoryData<string> Troubles =>
    [
        "none", "refused", "unauthorized", "notJson", "broken", "throttled", "elsewhere", "failed", "id", "path", "host",
        "operation", "quoted", "cut", "permissions", "live",
    ];

    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(0.1), PurgeTime = TimeSpan.FromSeconds(0.1),
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Nothing_that_a_user_or_a_script_can_see_has_the_token(string trouble) =>
        AssertHidden(trouble, option: null);

    [Theory]
    [InlineData("none")]
    [InlineData("unauthorized")]
    [InlineData("quoted")]
    public void Nothing_has_the_token_that_Az_Accounts_writes_as_plain_text(string trouble) =>
        AssertHidden(trouble, option: "true");

    private void AssertHidden(string trouble, string? option)
    {
        using var _ = new TokenOption(option);
        GivenDeleted("contoso-one", "contoso-two", "contoso-three");
        GivenDeletedWithoutGroup("contoso-four");
        int requests = 0;

        // What is tried again fails the first list for good, and then every third request: each wait takes its time.
        Arm.Intercept = context => trouble is "notJson" or "broken" && Interlocked.Increment(ref requests) is var number
            && number > 4 && number % 3 != 0
            ? Task.FromResult(false)
            : MisbehaveAsync(context, trouble);

        ShellResult result = Shell.Run($$"""
            $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
            $ProgressPreference = 'Continue'
            $null = Connect-AzAccount -Environment CogRecoverSandbox -AccessToken '{{Secret}}' `
                -AccountId a@contoso.example -Tenant {{Options.TenantId}} -Subscription {{Subscription}}
            Get-DeletedCognitiveAccount -Verbose -Debug -IncludeDeletedBy
            Get-DeletedCognitiveAccount -Verbose -Debug -AllSubscriptions
            Test-CognitiveAccountRestore contoso-one -Verbose -Debug
            Restore-CognitiveAccount contoso-one, contoso-four -ResourceGroupName rg-ai -Location westus2 `
                -Timeout 00:00:02 -Verbose -Debug -Confirm:$false
            Restore-CognitiveAccount contoso-two -WhatIf
            Restore-CognitiveAccount contoso-two -Timeout 00:00:02 -Verbose -Debug -AsJob | Receive-Job -Wait
            Remove-DeletedCognitiveAccount contoso-three -Timeout 00:00:02 -Force -PassThru -Verbose -Debug
            """);

        string seen = Everything(result);
        Assert.All(Leaks, leak => Assert.DoesNotContain(leak, seen, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(Arm.Requests, request => request.Headers["Authorization"] == $"Bearer {Secret}");
        if (trouble != "none") Assert.NotEqual("", string.Concat(result.Errors));
    }

    /// <summary>A server that is as bad as its trouble, and quotes what it was sent.</summary>
    private static async Task<bool> MisbehaveAsync(HttpContext context, string trouble)
    {
        string quoted = $"You sent {context.Request.Headers.Authorization}.";
        switch (trouble)
        {
            case "none":
                return false;
            case "failed" or "id" or "path" or "host" or "operation" or "quoted" or "permissions" or "live":
                return await QuoteAsync(context, trouble);
            case "notJson":
                await context.Response.WriteAsync($"<html>{quoted}</html>");
                return true;
            case "cut":
                // Debug output shows 16 KB of a body: they end four characters before the token does.
                context.Response.StatusCode = 403;
                string padding = new('x', (16 * 1024) - 77);
                await context.Response.WriteAsync(
                    $$$"""{"error":{"code":"Odd","message":"{{{padding}}} {{{context.Request.Headers.Authorization}}}"}}""");
                return true;
            case "elsewhere":
                context.Response.Headers.Location = "https://elsewhere.example/?" + context.Request.Headers.Authorization;
                context.Response.StatusCode = 307;
                return true;
        }

        context.Response.StatusCode = trouble switch { "refused" => 403, "unauthorized" => 401, "broken" => 500, _ => 429 };
        context.Response.Headers.RetryAfter = trouble == "throttled" ? "86400" : "0";
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"{quoted.Replace('"', '\'')}\"";
        context.Response.Headers["x-ms-request-id"] = "request-7";
        await context.Response.WriteAsync($$$"""{"error":{"code":"Odd","message":"{{{quoted}}}"}}""");
        return true;
    }

    /// <summary>A service whose answers are all right, but for what they quote.</summary>
    private static async Task<bool> QuoteAsync(HttpContext context, string trouble)
    {
        string server = $"{context.Request.Scheme}://{context.Request.Host}";
        bool isList = context.Request.Path.Value!.EndsWith("/deletedAccounts", StringComparison.Ordinal);
        bool isWrite = context.Request.Method is "PUT" or "DELETE";
        bool isPermissions = context.Request.Path.Value.EndsWith("/permissions", StringComparison.Ordinal);
        if (trouble == "permissions" && isPermissions) context.Response.StatusCode = 403;
        bool isLive = context.Request.Path.Value.Contains("CognitiveServices/accounts/contoso-one", StringComparison.Ordinal);
        string? answer = trouble switch
        {
            "permissions" when isPermissions => $$$"""{"error":{"code":"Odd","message":"You sent Bearer {{{Secret}}}"}}""",
            "live" when isLive && !isWrite => $$"""{"id":"Bearer {{Secret}}"}""",
            "failed" when SimulatedArm.IsPoll(context) =>
                $$$"""{"status":"Failed","error":{"code":"Odd","message":"You sent Bearer {{{Secret}}}"}}""",
            "id" when isList => $$"""{"value":[{"id":"Bearer {{Secret}}","name":"{{Secret}}"}]}""",
            "path" when isList => $$"""{"value":[],"nextLink":"{{server}}/x/{{Secret}}/y?z={{Secret}}"}""",
            "host" when isList => $$"""{"value":[],"nextLink":"https://{{Secret}}.evil.example/"}""",
            "operation" when isWrite => "{}",
            "quoted" when !isWrite => $$"""{"name":"{{Secret}}","message":"You sent Bearer {{Secret}}"}""",
            _ => null,
        };
        if (answer is null) return false;
        if (isWrite) context.Response.StatusCode = 202;
        if (isWrite) context.Response.Headers["azure-asyncoperation"] = $"https://{Secret}.evil.example/";
        await context.Response.WriteAsync(answer);
        return true;
    }

    private string Everything(ShellResult result)
    {
        var seen = new StringBuilder(Screen.ToString());
        foreach (PSObject output in result.Output)
            seen.AppendJoin('\n', (output.Properties["Checks"]?.Value as IEnumerable ?? Array.Empty<object>())
                .Cast<object>().Select(check => PSObject.AsPSObject(check).Properties["Message"].Value));
        seen.AppendJoin('\n', result.Output).AppendJoin('\n', result.Verbose).AppendJoin('\n', result.Debug)
            .AppendJoin('\n', result.Warnings)
            .AppendJoin('\n', Shell.Ui.Progress.Select(record => $"{record} {record.CurrentOperation}"))
            .Append(result.TerminatedBy);
        IEnumerable<object> errors = Shell.Run("$Error").Output.Select(error => error.BaseObject).Concat(result.Errors);
        foreach (object error in errors) Add(seen, error, []);
        return seen.ToString();
    }

    private static void Add(StringBuilder seen, object? thing, HashSet<object> before)
    {
        if (thing is null || !before.Add(thing)) return;
        seen.AppendLine(thing.ToString());
        if (thing is ErrorRecord record)
        {
            seen.AppendLine(record.ErrorDetails?.Message).AppendLine(record.ErrorDetails?.RecommendedAction)
                .AppendLine(record.TargetObject?.ToString());
            Add(seen, record.Exception, before);
        }

        if (thing is not Exception exception) return;
        foreach (System.Reflection.PropertyInfo property in exception.GetType().GetProperties())
            if (property.GetIndexParameters().Length == 0) seen.AppendLine($"{property.GetValue(exception)}");
        foreach (DictionaryEntry entry in exception.Data) seen.AppendLine($"{entry.Key}={entry.Value}");
        Add(seen, exception.InnerException, before);
    }
}
