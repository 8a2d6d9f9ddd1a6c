using System.CommandLine;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Seeds;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Sandbox.Serve;

/// <summary><c>serve</c>: keeps a simulated ARM running for a real PowerShell.</summary>
public static class ServeCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The loopback port.", DefaultValueFactory = _ => 7474 };
        var seed = new Option<FileInfo?>("--seed") { Description = "Accounts to start with, instead of the samples." };
        var latency = new Option<double>("--latency") { Description = "Milliseconds that every answer takes longer." };
        var operationTime = new Option<double>("--operation-time")
        {
            Description = "How long a create, a restore and a purge take on the server, in seconds.",
        };
        var groupDeletionTime = new Option<double>("--group-deletion-time")
        {
            Description = "How long a resource group is being deleted on the server, in seconds.",
            DefaultValueFactory = _ => 20,
        };
        var subscriptions = new Option<int>("--subscriptions") { Description = "Further subscriptions." };
        var accounts = new Option<int>("--accounts") { Description = "Further deleted accounts." };
        var pageSize = new Option<int>("--page-size")
        {
            Description = "Accounts a page of a list.", DefaultValueFactory = _ => 1000,
        };
        var untilInputEnds = new Option<bool>("--until-input-ends")
        {
            Description = "End with the standard input as well: with the program that has started this one.",
        };
        var throttle = new Option<double?>("--throttle") { Description = "Writes a second; more are answered 429." };
        foreach (var option in new Option[]
        {
            port, latency, operationTime, groupDeletionTime, subscriptions, accounts, pageSize, throttle,
        })
        {
            option.RefuseNegative();
        }

        port.RequireWithin(0, ushort.MaxValue);
        pageSize.RequireWithin(1, int.MaxValue);

        var command = new Command("serve", "Keep a simulated Azure Resource Manager running for a real PowerShell.")
        {
            port, seed, latency, operationTime, groupDeletionTime, subscriptions, accounts, pageSize, throttle,
            untilInputEnds,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new()
            {
                Port = arguments.GetValue(port),
                SeedFile = arguments.GetValue(seed)?.FullName,
                SampleData = arguments.GetValue(seed) is null,
                Latency = TimeSpan.FromMilliseconds(arguments.GetValue(latency)),
                CreateTime = TimeSpan.FromSeconds(arguments.GetValue(operationTime)),
                RestoreTime = TimeSpan.FromSeconds(arguments.GetValue(operationTime)),
                PurgeTime = TimeSpan.FromSeconds(arguments.GetValue(operationTime)),
                GroupDeletionTime = TimeSpan.FromSeconds(arguments.GetValue(groupDeletionTime)),
                ExtraSubscriptions = arguments.GetValue(subscriptions),
                ExtraAccounts = arguments.GetValue(accounts),
                PageSize = arguments.GetValue(pageSize),
                WritesPerSecond = arguments.GetValue(throttle),
            },
            arguments.InvocationConfiguration,
            arguments.GetValue(untilInputEnds),
            cancellationToken));
        return command;
    }

    private static void RefuseNegative(this Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => token.Value.StartsWith('-')))
            result.AddError($"{option.Name} can't be negative.");
    });

    // What is no number is an error of its own.
    private static void RequireWithin(this Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var value) && (value < least || value > most))
            result.AddError($"{option.Name} is {least} to {most}.");
    });

    private static async Task<int> RunAsync(
        SimulatedArmOptions options, InvocationConfiguration console, bool untilInputEnds,
        CancellationToken cancellationToken)
    {
        SimulatedArm arm;
        try
        {
            arm = await SimulatedArm.StartAsync(options, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await using (arm)
        {
            await console.Output.WriteLineAsync(Greeting(arm, options));
            try
            {
                if (untilInputEnds) await ReadToEndAsync(Console.OpenStandardInput(), cancellationToken);
                else await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how it ends.
            }
        }

        return 0;
    }

    private static async Task ReadToEndAsync(Stream input, CancellationToken cancellationToken)
    {
        await using (input) await input.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static string Greeting(SimulatedArm arm, SimulatedArmOptions options)
    {
        var endpoint = arm.Endpoint.AbsoluteUri;
        // Process scope: without it the environment would stay in the user's profile.
        string addEnvironment = string.Join(' ',
            "Add-AzEnvironment -Name CogRecoverSandbox -Scope Process",
            $"-ResourceManagerEndpoint {endpoint} -ActiveDirectoryEndpoint {endpoint} | Out-Null");
        string connect = string.Join(' ',
            "Connect-AzAccount -Environment CogRecoverSandbox -AccessToken sandbox -AccountId admin@contoso.com",
            $"-Tenant {options.TenantId} -Subscription {options.SubscriptionId}",
            "-Scope Process -SkipContextPopulation | Out-Null");
        return $"""
            A simulated Azure Resource Manager listens at {endpoint} until Ctrl+C.

            In a new PowerShell, before Az.Accounts is imported:

            $env:ARM_CLOUD_METADATA_URL = 'DISABLED'
            {addEnvironment}
            {connect}
            Import-Module ./out/CogRecover

            A runbook signs in by managed identity instead of Connect-AzAccount, with -Environment CogRecoverSandbox:

            $env:IDENTITY_ENDPOINT = '{arm.IdentityEndpoint}'
            $env:IDENTITY_HEADER = '{arm.Identity.Header}'{DeletionOf(options)}
            """;
    }

    /// <summary>The line that deletes the sample group; empty where there are no samples.</summary>
    private static string DeletionOf(SimulatedArmOptions options)
    {
        if (!options.SampleData) return "";
        var path = $"/subscriptions/{options.SubscriptionId}/resourcegroups/{SampleFactory.Group}";
        return $"""


            Delete a resource group with three accounts and what they need, to bring it all back. It takes
            {options.GroupDeletionTime.TotalSeconds:0.#} s on the server:

            Invoke-AzRestMethod -Method DELETE -Path '{path}?api-version=2021-04-01'
            """;
    }
}
