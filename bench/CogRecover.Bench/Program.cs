using CogRecover.Bench;

return await BenchCommand.Create().Parse(args).InvokeAsync();
