using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rehearsal.Commands;

/// <summary>Adds examples to the end of a command's <c>--help</c>.</summary>
internal static class Examples
{
    public static Command WithExamples(this Command command, params string[] lines)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, lines);
        command.Add(help);
        return command;
    }

    private sealed class HelpWithExamples(HelpAction help, string[] lines) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var configuration = parseResult.InvocationConfiguration;
            var output = configuration.Output;
            // the library names the executable in its usage line; what people type is the script
            using var text = new StringWriter();
            configuration.Output = text;
            var exitCode = help.Invoke(parseResult);
            configuration.Output = output;
            output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  ./platform "));
            output.WriteLine("Examples:");
            foreach (var line in lines) output.WriteLine($"  {line}");
            return exitCode;
        }
    }
}
