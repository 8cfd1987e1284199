using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Stacks.Commands;

/// <summary>
/// What is wrong with settings, for programs that know the files: <c>{"settings": 12, "problems": [{"severity": "error", "key":
/// "platform:redis.users[0].name", "message": "is missing", "allowed": "…", "fix": "…"}]}</c>, on one line.
/// </summary>
internal static class CheckJson
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Of the stack whose configuration is in the environment.</summary>
    public static int One(Func<string, string?> environment, TextWriter output, TextWriter error) =>
        StackSettings.All(environment, error) is { } read ? Write(read, output) : ExitCodes.BadInput;

    /// <summary>Of each stack whose configuration is a line of the input: <c>{"config": {…}, "secretKeys": […]}</c>, as Pulumi hands it over.</summary>
    public static int Each(Func<string, string?> environment, TextReader input, TextWriter output, TextWriter error)
    {
        var code = ExitCodes.Ok;
        try
        {
            var today = Today.From(environment);
            while (input.ReadLine() is { } line)
            {
                var stack = JsonSerializer.Deserialize<Configuration>(line, Strict) ?? throw new JsonException();
                code = Math.Max(code, Write(SettingsValidation.Read(new RawSettings(stack.Config, stack.SecretKeys), today), output));
            }
        }
        catch (RunException exception)
        {
            error.WriteLine(exception.Message);
            return ExitCodes.BadInput;
        }
        catch (JsonException)
        {
            error.WriteLine("Each line of the input has to be a JSON object with config, texts by key, and secretKeys, a list of keys.");
            return ExitCodes.BadInput;
        }

        return code;
    }

    private static int Write(ReadSettings read, TextWriter output)
    {
        output.WriteLine(new JsonObject
        {
            ["settings"] = Count(read),
            ["problems"] = new JsonArray([.. read.Problems.Concat(read.Warnings).Select(Json)]),
        }.ToJsonString(OneLine));
        return read.Problems.IsEmpty ? ExitCodes.Ok : ExitCodes.BadInput;
    }

    private static JsonObject Json(SettingsProblem problem)
    {
        var json = new JsonObject
        {
            ["severity"] = problem.IsWarning ? "warning" : "error",
            ["key"] = problem.Path.Text,
            ["message"] = problem.What,
            ["allowed"] = problem.Allowed,
            ["fix"] = problem.Fix,
        };
        if (problem.Given is { } given)
        {
            json["given"] = given;
        }

        return json;
    }

    // What is given itself, not what it is in: of a record its members, and a list of texts as one.
    private static int Count(ReadSettings read)
    {
        var parents = read.Given.SelectMany(Parents).ToHashSet(StringComparer.Ordinal);
        return read.Given.Count(path => !parents.Contains(path));
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var at = path.LastIndexOfAny(['.', '[']); at > 0; at = path.LastIndexOfAny(['.', '['], at - 1))
        {
            yield return path[..at];
        }
    }

    private sealed record Configuration(Dictionary<string, string> Config, string[] SecretKeys);
}
