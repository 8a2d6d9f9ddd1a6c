using System;
using System.Diagnostics;

// Compiled by Add-Type, in Windows PowerShell 5.1 too: C# 5.
namespace CogRecover.Pester
{
    /// <summary>A process that doesn't outlive this one, should Pester be stopped before its AfterAll.</summary>
    public sealed class Server
    {
        private readonly Process process;

        /// <summary>Starts it.</summary>
        public Server(string file, string arguments)
        {
            process = Process.Start(new ProcessStartInfo(file, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            });
            AppDomain.CurrentDomain.ProcessExit += OnExit;
        }

        /// <summary>The next line that it writes, once it is there; null if it has ended.</summary>
        public string ReadLine() { return process.StandardOutput.ReadLine(); }

        /// <summary>Ends it.</summary>
        public void Stop()
        {
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }

            process.WaitForExit();
            process.Dispose();
        }

        private void OnExit(object sender, EventArgs e) { Stop(); }
    }
}
