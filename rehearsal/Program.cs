using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;

return await CommandLine.RunAsync(args, new CommandHost
{
    Terminal = Terminal.ForProcess(Environment.GetEnvironmentVariable),
    Input = Console.In,
    AsksForSecrets = !Console.IsInputRedirected && !Console.IsOutputRedirected,
    Environment = Environment.GetEnvironmentVariable,
    CurrentFolder = Environment.CurrentDirectory,
    OwnFolder = AppContext.BaseDirectory,
    Engine = () => new RehearsalHost(),
});
