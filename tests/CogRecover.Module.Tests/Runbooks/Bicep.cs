using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The Bicep CLI, which comes as a package where there is one for this machine.</summary>
internal static class Bicep
{
    private static readonly string? Path = typeof(Bicep).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(one => one.Key == "BicepPath")?.Value?.Replace('\\', '/');

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs it, and asserts that it ends with 0 and complains of nothing.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(Path is null, "The Bicep CLI is for Linux on x64 here: the templates aren't checked.");
        using var bicep = Process.Start(new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = bicep.StandardOutput.ReadToEndAsync(Cancellation);
        Task<string> error = bicep.StandardError.ReadToEndAsync(Cancellation);
        await bicep.WaitForExitAsync(Cancellation);
        Assert.Equal("", await error);
        Assert.Equal(0, bicep.ExitCode);
        return await output;
    }

    /// <summary>Copies the templates into a folder of their own.</summary>
    public static string Copy(string folder)
    {
        string copy = Directory.CreateTempSubdirectory("cogrecover-").FullName;
        foreach (string file in Directory.GetFiles(folder, "*.bicep*"))
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    /// <summary>What the templates would deploy with these parameters.</summary>
    /// <param name="folder">The templates.</param>
    /// <param name="parameters">The content of a parameter file for main.bicep.</param>
    public static async Task<JsonObject[]> PredictAsync(string folder, string parameters)
    {
        string copy = Copy(folder);
        try
        {
            string given = System.IO.Path.Combine(copy, "main.bicepparam");
            await File.WriteAllTextAsync(given, parameters, Cancellation);
            await RunAsync("snapshot", given, "--mode", "overwrite", "--location", "westeurope",
                "--tenant-id", Guid.Empty.ToString(), "--subscription-id", Guid.Empty.ToString());
            string snapshot = await File.ReadAllTextAsync(
                System.IO.Path.Combine(copy, "main.snapshot.json"), Cancellation);
            return [.. JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray().Select(one => one!.AsObject())];
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
