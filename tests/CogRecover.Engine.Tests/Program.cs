using CogRecover.Engine.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit generates, but for the end: at the return of a Main, Mono aborts its thread of timers wherever that is, and
// the process with it if they are being sorted. Exit suspends the thread.
Environment.Exit(args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args));
