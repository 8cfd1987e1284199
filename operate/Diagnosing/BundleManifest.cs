using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Wire;

namespace Operate.Diagnosing;

/// <summary>What stands at the front of a bundle: what is inside, what is not and why, and how much was taken out.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Moment">When it was gathered.</param>
/// <param name="HasWorkbench">Whether the parts of the Workbench vendor's script are named.</param>
internal sealed record BundleManifest(string Stack, DateTimeOffset Moment, bool HasWorkbench)
{
    // Posit, "Debugging Workbench in Kubernetes", the script posit-workbench-run-diagnostics-k8s.sh: what it runs, and where the same is here
    private static readonly (string Command, string Place)[] VendorScript =
    [
        ("kubectl version", "cluster/version.json; the program that asked stands in versions.txt"),
        ("helm version", "not used: Pulumi installs the chart; its version stands in helm/posit-workbench/rstudio-workbench.txt"),
        ("helm list", "helm/posit-workbench/*.txt"),
        ("helm get values", "helm/posit-workbench/*-values.yaml, without every secret instead of the lines with `password:`"),
        ("kubectl describe pod", "namespaces/posit-workbench/pods.txt and pods.yaml, with events"),
        ("kubectl logs", "namespaces/posit-workbench/logs/, of every container, before the last restart too"),
    ];

    /// <summary>The two files.</summary>
    /// <param name="files">Names and sizes of all others.</param>
    /// <param name="bundle">Knows what is missing.</param>
    /// <param name="redactor">Knows what was taken out.</param>
    public IEnumerable<(string Name, string Text)> Files(IReadOnlyList<(string Name, int Bytes)> files, Bundle bundle, Redactor redactor) =>
    [
        ("MANIFEST.md", Markdown(files, bundle, redactor)),
        ("manifest.json", Json(files, bundle, redactor)),
    ];

    private string Markdown(IReadOnlyList<(string Name, int Bytes)> files, Bundle bundle, Redactor redactor)
    {
        var text = new StringBuilder();
        Line(text, $"# Diagnosis of {Stack}, {Moment.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        Line(text, "");
        Line(
            text,
            "Look through it before you send it: `grep -rn` for names of people, hosts and projects that nobody outside should read. They are not "
            + "secrets and are");
        Line(text, "not taken out. Secrets are, where their value was known or their shape gave them away; what neither holds for is found by nobody but you.");
        Line(text, "");
        Line(text, "## What could not be had");
        Line(text, "");
        Line(text, bundle.Missing.Count == 0 ? "Nothing: it is complete." : "| part | reason |\n|---|---|");
        foreach (var (name, reason) in bundle.Missing)
        {
            Line(text, $"| {Cell(name)} | {Cell(reason)} |");
        }

        Line(text, "");
        Line(text, "## What was taken out");
        Line(text, "");
        Line(
            text,
            $"{redactor.Known} values of the stack file, the outputs, the Secrets and this machine were looked for, each as it stands and in JSON, "
            + "URLs, HTML and base64.");
        Line(
            text,
            $"{redactor.Ordinary} values of Secrets were not: public ones, and words of fewer than {Redactor.ShortestOrdinary} letters under a key "
            + "that names no secret.");
        Line(text, "");
        Line(text, redactor.Counts.Count == 0 ? "Nothing was found." : "| kind | times |\n|---|---|");
        foreach (var (kind, times) in redactor.Counts)
        {
            Line(text, $"| {kind} | {times} |");
        }

        Line(text, "");
        Line(text, $"`{PropertyMask.Text}` stands in its place. Values of Kubernetes Secrets are in none of the files.");
        Line(text, "");
        Line(text, "## What is inside");
        Line(text, "");
        Line(text, "| file | bytes | |\n|---|---|---|");
        foreach (var (name, bytes) in files)
        {
            Line(text, $"| {Cell(name)} | {bytes} | {Cell(bundle.Notes.GetValueOrDefault(name) ?? "")} |");
        }

        foreach (var (name, note) in bundle.Notes.Where(note => files.All(file => file.Name != note.Key)))
        {
            Line(text, $"| {Cell(name)} | | {Cell(note)} |");
        }

        if (HasWorkbench)
        {
            Line(text, "");
            Line(text, "## Where the parts of Posit's script are");
            Line(text, "");
            Line(text, "| it runs | here |\n|---|---|");
            foreach (var (command, place) in VendorScript)
            {
                Line(text, $"| `{command}` | {place} |");
            }
        }

        return text.ToString();
    }

    private string Json(IReadOnlyList<(string Name, int Bytes)> files, Bundle bundle, Redactor redactor) => new JsonObject
    {
        ["stack"] = Stack,
        ["moment"] = Moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["complete"] = bundle.Missing.Count == 0,
        ["missing"] = Map(bundle.Missing),
        ["notes"] = Map(bundle.Notes),
        ["valuesLookedFor"] = redactor.Known,
        ["valuesNotLookedFor"] = redactor.Ordinary,
        ["takenOut"] = new JsonObject(redactor.Counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value))),
        ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes })]),
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Map(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value)));

    private static readonly JsonSerializerOptions Indented = new(JsonText.Indented) { NewLine = "\n" };

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
