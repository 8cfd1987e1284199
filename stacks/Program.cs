using Pulumi;
using Stacks;
using Stacks.Commands;
using Stacks.Settings.Reading;

if (args.Length > 0)
{
    return ToolCommands.Run(args, Environment.GetEnvironmentVariable, Console.Out, Console.Error, Console.In);
}

var settings = SettingsReader.ReadAhead();
return await Deployment.RunAsync(async () =>
{
    await Deployment.RequirePulumiVersionAsync(Platform.RequiredCli);
    return Platform.Define(SettingsReader.Accept(await settings), SettingsReader.Secret).Exported();
});
