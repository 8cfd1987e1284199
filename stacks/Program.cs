using Pulumi;
using Stacks;
using Stacks.Commands;
using Stacks.Settings.Reading;

return args.Length == 0
    ? await Deployment.RunAsync(async () =>
    {
        await Deployment.RequirePulumiVersionAsync(Platform.RequiredCli);
        return Platform.Define(SettingsReader.Read(), SettingsReader.Secret).Exported();
    })
    : ToolCommands.Run(args, Environment.GetEnvironmentVariable, Console.Out, Console.Error, Console.In);
