using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>What came of a look at the settings of one stack.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="File">Its file, as the operator would name it.</param>
/// <param name="Settings">How many settings it gives; null when they could not be read.</param>
/// <param name="Problems">What is wrong, and what is worth a second look, in the order of the file.</param>
internal sealed record CheckedSettings(string Stack, string File, int? Settings, ImmutableArray<FileProblem> Problems)
{
    public bool IsWrong => Problems.Any(problem => !problem.IsWarning);
}

/// <summary>Writes problems of stack files for other programs.</summary>
internal static class ProblemJson
{
    /// <summary>Stack by stack, with everything that text has.</summary>
    public static string Text(IReadOnlyList<CheckedSettings> stacks, bool single) => JsonText.Write(JsonText.Lines, json =>
    {
        if (single)
        {
            Write(json, stacks[0]);
            return;
        }
        json.WriteStartArray();
        foreach (var stack in stacks)
        {
            Write(json, stack);
        }
        json.WriteEndArray();
    });

    /// <summary>GitLab's report of code quality, for <c>artifacts:reports:codequality</c>: https://docs.gitlab.com/ci/testing/code_quality/ (read on 2026-11-26
    /// as quoted by phpstan/phpstan-src#4421).</summary>
    public static string GitLab(IEnumerable<CheckedSettings> stacks, string root) => JsonText.Write(JsonText.Lines, json =>
    {
        json.WriteStartArray();
        foreach (var (stack, problem) in stacks.SelectMany(stack => stack.Problems.Select(problem => (stack, problem))))
        {
            var path = problem.Place?.Below(root) ?? stack.File.Replace('\\', '/');
            json.WriteStartObject();
            json.WriteString("description", Terminal.OneLine(problem.Fix is null ? problem.Sentence : $"{problem.Sentence} ({problem.Fix})"));
            json.WriteString("check_name", problem.IsWarning ? "settings/second-look" : "settings/wrong");
            json.WriteString("fingerprint", Fingerprint($"{stack.Stack}\n{path}\n{problem.Sentence}"));
            json.WriteString("severity", problem.IsWarning ? "minor" : "critical");
            json.WriteStartObject("location");
            json.WriteString("path", path);
            json.WriteStartObject("lines");
            json.WriteNumber("begin", problem.Place?.Line ?? 1);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The fields of a place, where there is one.</summary>
    public static void Place(Utf8JsonWriter json, FilePlace? place)
    {
        if (place is not null)
        {
            json.WriteString("file", place.Name);
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
        }
    }

    private static void Write(Utf8JsonWriter json, CheckedSettings stack)
    {
        json.WriteStartObject();
        json.WriteString("stack", stack.Stack);
        json.WriteString("file", stack.File);
        json.WriteBoolean("fine", !stack.IsWrong);
        if (stack.Settings is { } settings)
        {
            json.WriteNumber("settings", settings);
        }
        json.WriteStartArray("problems");
        foreach (var problem in stack.Problems)
        {
            json.WriteStartObject();
            json.WriteString("severity", problem.IsWarning ? "warning" : "error");
            Place(json, problem.Place);
            foreach (var (name, text) in new[]
            {
                ("key", problem.Key), ("message", problem.Message), ("given", problem.Given), ("allowed", problem.Allowed), ("fix", problem.Fix),
            })
            {
                if (text is not null)
                {
                    json.WriteString(name, text);
                }
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The line is no part of it: what moves stays the same problem
    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
