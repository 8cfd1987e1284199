using Rehearsal.Commands;

return await CommandProcess.RunAsync((host, cancellation) => CommandLine.RunAsync(args, host, cancellation));
