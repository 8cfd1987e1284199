using Stacks.Settings.Declaring;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stacks.Settings.Rules;

/// <summary>A text that is itself a YAML mapping, as the Platform's form takes the specification of a pod.</summary>
public sealed class YamlMappingAttribute : RuleAttribute
{
    public override string Allowed => "YAML with keys of a pod's spec, as a text";

    public override string Example => "\"nodeSelector: { disk: ssd }\"";

    public override string? Violation(object value)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader((string)value));
        }
        catch (YamlException)
        {
            return "is not YAML";
        }

        return stream.Documents is [{ RootNode: YamlMappingNode }] ? null : "is YAML, but not a mapping";
    }
}
