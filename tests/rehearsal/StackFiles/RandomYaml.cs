using System.Text;

namespace Tests.Rehearsal.StackFiles;

/// <summary>A stack file of random settings that knows where it has written each of them.</summary>
internal sealed class RandomYaml
{
    private static readonly string[] Keys = ["size", "users", "app.kubernetes.io/name", "a b", "with \"quotes\"", "é😀", "x[0]", "tail:", "-", "{"];
    private static readonly string[] Scalars = ["3", "true", "'it''s'", "\"a: b\"", "~", "''", "v1.2", "\"😀 \\u263a\"", "plain text", "'# none'", "'\u2028'"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly string _end;

    public RandomYaml(int seed)
    {
        _random = new Random(seed);
        _end = _random.Next(2) == 0 ? "\n" : "\r\n";
        if (_random.Next(4) == 0)
        {
            _text.Append('\uFEFF');
        }
        _text.Append("# 😀 settings").Append(_end).Append("config:").Append(_end);
        Map("p:", 2, 3, isRoot: true);
    }

    public List<(string Path, string Spot)> Places { get; } = [];

    public string Text => _text.ToString();

    // Since the last end of a line; a byte order mark is no character of it
    private string Here()
    {
        var text = Text.TrimStart('\uFEFF');
        return $"{text.Count(character => character == '\n') + 1}:{text.Length - text.LastIndexOf('\n')}";
    }

    private void Map(string path, int indent, int depth, bool isRoot = false, bool continues = false)
    {
        foreach (var (key, index) in Some(isRoot ? ["redis", "a.b", "dns", "é", "x_y"] : Keys).Select((key, index) => (key, index)))
        {
            if (!(continues && index == 0))
            {
                Noise();
                _text.Append(' ', indent);
            }
            var here = Step(path, key, isRoot);
            Places.Add((here, Here()));
            _text.Append(Written(key, isRoot)).Append(':');
            Value(here, indent, depth);
        }
    }

    private void Value(string path, int indent, int depth)
    {
        switch (depth == 0 ? 0 : _random.Next(5))
        {
            case 0:
                _text.Append(' ', 1 + _random.Next(3)).Append(Scalars[_random.Next(Scalars.Length)]);
                _text.Append(_random.Next(3) == 0 ? "\t # tail" : "").Append(_end);
                break;
            case 1:
                _text.Append(_end);
                Map(path, indent + 2, depth - 1);
                break;
            case 2:
                _text.Append(_end);
                for (var index = 0; index < 1 + _random.Next(3); index++)
                {
                    Noise();
                    _text.Append(' ', indent + 2).Append("- ");
                    Places.Add(($"{path}[{index}]", Here()));
                    if (_random.Next(2) == 0)
                    {
                        _text.Append(Scalars[_random.Next(Scalars.Length)]).Append(_end);
                    }
                    else
                    {
                        Map($"{path}[{index}]", indent + 4, depth - 1, continues: true);
                    }
                }
                break;
            case 3:
                _text.Append(" |").Append(_end).Append(' ', indent + 2).Append("a: text").Append(_end);
                break;
            default:
                _text.Append(' ');
                Flow(path, depth - 1);
                _text.Append(_end);
                break;
        }
    }

    private void Flow(string path, int depth)
    {
        _text.Append("{ ");
        foreach (var (key, index) in Some(Keys).Select((key, index) => (key, index)))
        {
            _text.Append(index == 0 ? "" : _random.Next(3) == 0 ? $",{_end}            " : ", ");
            var here = Step(path, key, isRoot: false);
            Places.Add((here, Here()));
            _text.Append(Written(key, isRoot: false)).Append(": ");
            if (depth > 0 && _random.Next(3) == 0)
            {
                Flow(here, depth - 1);
            }
            else
            {
                _text.Append(_random.Next(2) == 0 ? "'😀'" : "[1, {a: 2}]");
            }
        }
        _text.Append(" }");
    }

    private void Noise() => _text.Append(_random.Next(5) switch
    {
        0 => _end,
        1 => $"      # 😀 a: comment{_end}",
        _ => "",
    });

    private string[] Some(string[] keys) => keys.OrderBy(_ => _random.Next()).Take(1 + _random.Next(4)).ToArray();

    private string Written(string key, bool isRoot) => isRoot ? _random.Next(2) == 0 ? key : $"'p:{key}'"
        : _random.Next(2) == 0 ? $"'{key}'" : $"\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Step(string path, string key, bool isRoot)
    {
        var quoted = key.Any(".[]\": ".Contains);
        return quoted ? $"{path}[\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]" : isRoot ? path + key : $"{path}.{key}";
    }
}
