using System.Text.RegularExpressions;

namespace Rehearsal.Commands;

/// <summary>Starts <c>node index.js</c> as Pulumi's Node language host does: through the SDK's own runner, which registers the stack and its exports.</summary>
/// <remarks>Other languages need none: their programs register the stack themselves.</remarks>
internal static partial class NodeLauncher
{
    private const string Runner = "node_modules/@pulumi/pulumi/cmd/run";

    /// <summary>The command with the runner in it; the command itself when it is no plain <c>node SCRIPT</c>, names the runner already, or the SDK is not installed.</summary>
    /// <param name="command">What the operator gave.</param>
    /// <param name="folder">Where it runs.</param>
    public static string WithRunner(string command, string folder)
    {
        var match = PlainNode().Match(command.Trim());
        if (!match.Success || command.Contains("@pulumi/pulumi/cmd/run", StringComparison.Ordinal)) return command;
        var script = match.Groups["script"].Value;
        for (var parent = new DirectoryInfo(Path.GetFullPath(Path.GetDirectoryName(script) ?? "", folder)); parent is not null; parent = parent.Parent)
        {
            var runner = Path.Combine(parent.FullName, Runner);
            if (!Directory.Exists(runner) && !File.Exists(runner + ".js")) continue;
            return $"exec node{match.Groups["options"].Value} '{runner}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" {script}{match.Groups["arguments"].Value}";
        }

        return command;
    }

    // node index.js, node --enable-source-maps ./bin/main.js one two; nothing that a shell would read in its own way
    [GeneratedRegex("""^node(?<options>( +-[-\w=./]+)*) +(?<script>[\w./@][-\w./@]*)(?<arguments>( +[-\w./@=]+)*)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainNode();
}
