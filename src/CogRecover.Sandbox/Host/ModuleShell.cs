using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CogRecover.Sandbox.Host;

/// <summary>
/// The real PowerShell engine with the staged module imported, signed in to a simulated ARM. It has the core cmdlets
/// only: those of Microsoft.PowerShell.Utility and the like don't come with the engine.
/// </summary>
public sealed class ModuleShell : IDisposable
{
    private readonly Runspace runspace;
    private readonly SandboxHost host;
    private readonly Lock gate = new();
    private PowerShell? running;

    private ModuleShell(Runspace runspace, SandboxHost host, SandboxUserInterface ui)
    {
        this.runspace = runspace;
        this.host = host;
        Ui = ui;
    }

    /// <summary>The manifest of the staged module, found upwards from the program's folder.</summary>
    /// <exception cref="FileNotFoundException">The module isn't built.</exception>
    public static string Manifest { get; } = FindManifest();

    /// <summary>The host's user interface.</summary>
    public SandboxUserInterface Ui { get; }

    /// <summary>What a script gave to <c>exit</c>; null if none did.</summary>
    public int? ExitCode => host.ExitCode;

    /// <summary>
    /// Opens an engine without importing anything. Az.Accounts in it is the stand-in: the real one needs commands that
    /// the engine alone doesn't have. Its tokens are SecureStrings as in Az.Accounts 5, or plain text if the environment
    /// variable AZUREPS_OUTPUT_PLAINTEXT_AZACCESSTOKEN is true.
    /// </summary>
    /// <param name="ui">The host's user interface; null for one that writes nowhere, 80 characters wide.</param>
    public static ModuleShell Open(SandboxUserInterface? ui = null)
    {
        ui ??= new SandboxUserInterface(TextWriter.Null, width: 80, isTerminal: false);
        var host = new SandboxHost(ui);
        var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        AllowScripts();
        runspace.Open();
        UseStandIn();
        return new ModuleShell(runspace, host, ui);
    }

    /// <summary>Opens an engine, imports the module and signs in to a simulated ARM.</summary>
    /// <param name="arm">The simulated ARM's address.</param>
    /// <param name="tenantId">The tenant to sign in to.</param>
    /// <param name="subscriptionId">The subscription of the context.</param>
    /// <param name="ui">The host's user interface; null for one that writes nowhere, 80 characters wide.</param>
    /// <param name="module">The module's name or path; null for the staged one.</param>
    public static ModuleShell Connect(
        Uri arm, string tenantId, string subscriptionId, SandboxUserInterface? ui = null, string? module = null)
    {
        var shell = Open(ui);
        try
        {
            shell.Run($$"""
                Import-Module '{{(module ?? Manifest).Replace("'", "''")}}'
                $environment = @{
                    Name = 'CogRecoverSandbox'; Scope = 'Process'; ResourceManagerEndpoint = '{{arm}}'
                    ActiveDirectoryEndpoint = '{{arm}}'; ActiveDirectoryServiceEndpointResourceId = '{{arm}}'
                }
                $null = Add-AzEnvironment @environment
                $account = @{
                    Environment = 'CogRecoverSandbox'; AccessToken = 'sandbox'; AccountId = 'admin@contoso.example'
                    Tenant = '{{tenantId}}'; Subscription = '{{subscriptionId}}'
                    Scope = 'Process'; SkipContextPopulation = $true
                }
                $null = Connect-AzAccount @account
                """).ThrowIfFailed();
            return shell;
        }
        catch
        {
            // Its thread would keep the process alive.
            shell.Dispose();
            throw;
        }
    }

    /// <summary>Stops whatever runs, as Ctrl+C does.</summary>
    public void Stop()
    {
        lock (gate) running?.Stop();
    }

    /// <summary>Runs a script and gives back what it wrote to each stream.</summary>
    public ShellResult Run(string script)
    {
        using PowerShell shell = Create(script);
        var output = new PSDataCollection<PSObject>();
        RuntimeException? terminatedBy = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminatedBy = e;
        }
        finally
        {
            Forget();
        }

        return new ShellResult([.. output], shell.Streams, terminatedBy);
    }

    /// <summary>Runs a script and shows what it writes, errors included, as a console does.</summary>
    /// <returns>Whether it ran to its end without a terminating error.</returns>
    public bool Show(string script)
    {
        using PowerShell shell = Create(script);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            shell.Invoke();
            return true;
        }
        catch (RuntimeException e)
        {
            using PowerShell error = PowerShell.Create(runspace).AddCommand("Out-Default");
            error.Invoke(new[] { e.ErrorRecord });
            return false;
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>A pipeline of the engine, for what <see cref="Run"/> and <see cref="Show"/> don't do.</summary>
    public PowerShell Create(string script)
    {
        lock (gate) return running = PowerShell.Create(runspace).AddScript(script, useLocalScope: false);
    }

    /// <summary>Closes the engine.</summary>
    public void Dispose() => runspace.Dispose();

    // What is about to be let go of can't be stopped any more.
    private void Forget()
    {
        lock (gate) running = null;
    }

    private static void UseStandIn()
    {
        const string variable = "PSModulePath";
        string folder = Path.Combine(AppContext.BaseDirectory, "Modules");
        string? path = Environment.GetEnvironmentVariable(variable);
        if (path?.StartsWith(folder, StringComparison.Ordinal) != true)
            Environment.SetEnvironmentVariable(variable, folder + Path.PathSeparator + path);
    }

    /// <summary>On Windows an engine that isn't in PowerShell's own process runs no scripts, unless it is told to.</summary>
    private static void AllowScripts()
    {
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable("PSExecutionPolicyPreference", "RemoteSigned");
    }

    private static string FindManifest()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string manifest = Path.Combine(at.FullName, "out", "CogRecover", "CogRecover.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new FileNotFoundException("The staged module isn't there. Run 'dotnet build' at the root first.");
    }
}
