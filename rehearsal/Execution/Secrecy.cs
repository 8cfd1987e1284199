using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Execution;

/// <summary>Keeps secret what was secret on its way into a provider and out of it.</summary>
internal static class Secrecy
{
    /// <summary>The outputs of a resource with every secret marked: those that it declares, and inputs that come back.</summary>
    public static PropertyMap Keep(ResourceState state) => Propagated(state.Outputs, state.Inputs).Hide(state.AdditionalSecretOutputs);

    private static PropertyMap Propagated(PropertyMap outputs, PropertyMap inputs)
    {
        foreach (var (key, input) in inputs)
        {
            if (input.ContainsSecrets && outputs.Find(key) is { } output && Propagated(output, input) is var kept && !ReferenceEquals(kept, output))
            {
                outputs = outputs.With(key, kept);
            }
        }
        return outputs;
    }

    private static PropertyValue Propagated(PropertyValue output, PropertyValue input) => (output, input) switch
    {
        (SecretProperty, _) => output,
        (_, SecretProperty) => new SecretProperty(output),
        (ObjectProperty o, ObjectProperty i)
            => Propagated(o.Properties, i.Properties) is var kept && ReferenceEquals(kept, o.Properties) ? output : new ObjectProperty(kept),
        (ListProperty o, ListProperty i) when o.Items.Length == i.Items.Length
            => new ListProperty([.. o.Items.Select((item, at) => Propagated(item, i.Items[at]))]),
        _ => output,
    };
}
