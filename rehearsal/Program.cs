using System.Runtime.InteropServices;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;

// The first of these ends the program that runs and keeps the state whole; a second one ends everything at once
using var ended = new CancellationTokenSource();
PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
var registrations = signals.Select(signal => PosixSignalRegistration.Create(signal, End)).ToList();

var host = new CommandHost
{
    Terminal = Terminal.ForProcess(Environment.GetEnvironmentVariable),
    Input = Console.In,
    AsksForSecrets = !Console.IsInputRedirected && !Console.IsOutputRedirected,
    Environment = Environment.GetEnvironmentVariable,
    CurrentFolder = Environment.CurrentDirectory,
    OwnFolder = AppContext.BaseDirectory,
    Engine = () => new RehearsalHost(),
};
try
{
    return await CommandLine.RunAsync(args, host, ended.Token);
}
catch (IOException) when (ended.IsCancellationRequested)
{
    // The terminal is gone, so there is nobody to tell
    return ExitCodes.Cancelled;
}
finally
{
    registrations.ForEach(registration => registration.Dispose());
}

void End(PosixSignalContext signal)
{
    signal.Cancel = !ended.IsCancellationRequested;
    ended.Cancel();
}
