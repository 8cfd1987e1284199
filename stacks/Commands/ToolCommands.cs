using System.CommandLine;

namespace Stacks.Commands;

/// <summary>What the program does when it has arguments: it shows settings, the documents made from them and the forms filled in from outputs, and deploys nothing.</summary>
public static class ToolCommands
{
    /// <summary>Runs one command and gives its exit code.</summary>
    /// <param name="args">Arguments of the process.</param>
    /// <param name="environment">Reads an environment variable; <c>PULUMI_CONFIG</c> and <c>PULUMI_CONFIG_SECRET_KEYS</c> hold a stack's configuration.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="input">Standard input; null for an empty one.</param>
    public static int Run(IReadOnlyList<string> args, Func<string, string?> environment, TextWriter output, TextWriter error, TextReader? input = null)
    {
        var root = new RootCommand("Shows the settings of a platform. Without arguments it is the program that Pulumi runs.")
        {
            ConfigCommand.Create(environment, output, error),
            SettingsCommand.Create(output, error),
            TowerCommand.Create(input ?? TextReader.Null, output, error),
        };
        var parsed = root.Parse(args);
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
        return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
    }
}
