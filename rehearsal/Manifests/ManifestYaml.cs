using System.Globalization;
using System.Text.RegularExpressions;
using Rehearsal.Wire;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rehearsal.Manifests;

/// <summary>Writes an object as YAML that kubectl reads back as the same object.</summary>
public static partial class ManifestYaml
{
    private const double LargestExactInteger = 9_007_199_254_740_992;

    /// <summary>Kubernetes' own order of an object's parts; all others follow by the alphabet.</summary>
    private static readonly string[] First = ["apiVersion", "kind", "metadata"];

    private static readonly EmitterSettings Settings = new EmitterSettings().WithBestWidth(int.MaxValue).WithIndentedSequences().WithMaxSimpleKeyLength(1024);

    public static string Text(PropertyMap body)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Write(emitter, body.OrderBy(property => Array.IndexOf(First, property.Key) is >= 0 and var index ? index : First.Length));
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, IEnumerable<KeyValuePair<string, PropertyValue>> properties)
    {
        emitter.Emit(new MappingStart());
        foreach (var (key, value) in properties)
        {
            Write(emitter, key);
            Write(emitter, value);
        }
        emitter.Emit(new MappingEnd());
    }

    private static void Write(Emitter emitter, PropertyValue value)
    {
        switch (value)
        {
            case ObjectProperty map:
                Write(emitter, map.Properties);
                break;
            case ListProperty list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Any));
                foreach (var item in list.Items)
                {
                    Write(emitter, item);
                }
                emitter.Emit(new SequenceEnd());
                break;
            case StringProperty text:
                Write(emitter, text.Value);
                break;
            case BooleanProperty boolean:
                Plain(emitter, boolean.Value ? "true" : "false");
                break;
            case NumberProperty { Value: var number }:
                var whole = number == Math.Truncate(number) && Math.Abs(number) <= LargestExactInteger;
                Plain(emitter, whole ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case NullProperty:
                Plain(emitter, "null");
                break;
            default:
                // Assets, archives and resource references have no form in a manifest
                Write(emitter, Rendering.PropertyText.Scalar(value));
                break;
        }
    }

    private static void Write(Emitter emitter, string text)
    {
        var style = IsPlain(text) ? ScalarStyle.Plain : IsBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    private static void Plain(Emitter emitter, string text)
        => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));

    // Words that YAML 1.1 (kubectl's parser) takes for booleans or nothing are quoted, and so is all that could be a number, a time or syntax
    private static bool IsPlain(string text)
        => Word().IsMatch(text) && text.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null");

    private static bool IsBlock(string text) => text.Contains('\n', StringComparison.Ordinal) && Lines().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z/](?:[A-Za-z0-9_./+@-]|:(?=[A-Za-z0-9/]))*\z", RegexOptions.None, 1000)]
    private static partial Regex Word();

    // Printable lines without space at either end of the text or at the end of a line, and at most one line break at the end
    [GeneratedRegex(@"^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?(?:\n+[\x20-\x7E]*[\x21-\x7E])*\n?\z", RegexOptions.None, 1000)]
    private static partial Regex Lines();
}
