using System.CommandLine;
using CogRecover.Sandbox.Demo;
using CogRecover.Sandbox.Run;
using CogRecover.Sandbox.Serve;

var root = new RootCommand("CogRecover's sandbox: a simulated Azure Resource Manager, and the module at work in it")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    RunCommand.Create(),
};
root.SetAction((_, cancellationToken) => DemoCommand.RunAsync(cancellationToken));
return await root.Parse(args).InvokeAsync();
