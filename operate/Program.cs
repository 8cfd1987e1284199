using Operate.Commands;
using Rehearsal.Commands;

return await CommandProcess.RunAsync((host, cancellation) => CommandLine.RunAsync(args, host, OperateCommands.Description, OperateCommands.All, cancellation));
