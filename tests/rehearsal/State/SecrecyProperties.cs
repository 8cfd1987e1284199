using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.State;

// Promise: what a program marks as secret is secret in the resource's state, sealed in the state's file, hidden in every event, and still secret after it was
// read again and updated; whatever shape its properties have.
public class SecrecyProperties
{
    private const string Marker = "m4rker-0f-a-secret";

    private static readonly Arbitrary<PropertyMap> Maps = Arb.From(PropertyGenerator.Maps.Generator.Select(WithMarkers));

    [Fact]
    public void Secrets_AreNeverLost() => Prop.ForAll(Maps, properties =>
    {
        var (first, second) = (Updated(null, properties), Updated(Read(Write(Updated(null, properties).State)), properties.With("more", Secret)));
        foreach (var state in new[] { first.State, second.State })
        {
            var resource = state.Resources.Single(resource => resource.Type == "thing:index:Thing");
            Secrets(properties).ShouldBeSubsetOf(Secrets(resource.Inputs));
            Secrets(properties).ShouldBeSubsetOf(Secrets(resource.Outputs));
            Write(state).ShouldNotContain(Marker);
            // What another one hides differently than our own filter: the file's own text, opened, has them all
            Write(state, open: true).Contains(Marker, StringComparison.Ordinal).ShouldBe(!Secrets(resource.Inputs).IsEmpty);
        }
        first.Told.ShouldNotContain(Marker);
        second.Told.ShouldNotContain(Marker);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnInputThatWasSecret_MakesItsOutputSecret_WhereverTheProviderPutsIt() => Prop.ForAll(Maps, properties =>
    {
        var plain = properties.Select(Opened);
        var kept = global::Rehearsal.Execution.Secrecy.Keep(new ResourceState
        {
            Urn = Rehearsed.UrnOf("thing:index:Thing", "t"),
            Type = "thing:index:Thing",
            Inputs = properties,
            Outputs = plain,
        });

        Secrets(properties).ShouldBeSubsetOf(Secrets(kept));
        kept.Select(Opened).ToString().ShouldBe(plain.ToString());
    }).QuickCheckThrowOnFailure();

    private static SecretProperty Secret => new(new StringProperty(Marker));

    // Every secret holds the marker, so that it can be looked for; nothing else does
    private static PropertyMap WithMarkers(PropertyMap map) => map.Where(property => !property.Key.StartsWith("__", StringComparison.Ordinal))
        .Aggregate(PropertyMap.Empty, (marked, property) => marked.With(property.Key, WithMarkers(property.Value)));

    private static PropertyValue WithMarkers(PropertyValue value) => value switch
    {
        SecretProperty or OutputProperty { Secret: true } => Secret,
        OutputProperty or UnknownProperty or ReferenceProperty or ArchiveProperty or AssetProperty => new StringProperty("plain"),
        ListProperty list => new ListProperty([.. list.Items.Select(WithMarkers)]),
        ObjectProperty map => new ObjectProperty(WithMarkers(map.Properties)),
        _ => value,
    };

    private static PropertyValue Opened(PropertyValue value) => value switch
    {
        SecretProperty secret => secret.Value,
        ListProperty list => new ListProperty([.. list.Items.Select(Opened)]),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(Opened)),
        _ => value,
    };

    // The paths of secrets
    private static ImmutableHashSet<string> Secrets(PropertyMap map, string path = "")
        => [.. map.SelectMany(property => Secrets(property.Value, $"{path}.{property.Key}"))];

    private static IEnumerable<string> Secrets(PropertyValue value, string path) => value switch
    {
        SecretProperty => [path],
        ListProperty list => list.Items.SelectMany((item, index) => Secrets(item, $"{path}[{index}]")),
        ObjectProperty map => Secrets(map.Properties, path),
        _ => [],
    };

    private static (Checkpoint State, string Told) Updated(Checkpoint? state, PropertyMap properties)
    {
        var told = new StringBuilder();
        var sequence = 0;
        var progress = new RecordingProgress(happened => told.Append(EventJson.Line(sequence++, DateTimeOffset.UnixEpoch, happened)).Append('\n'));
        using var run = new Rehearsed(new RehearsalRequest
        {
            Program = new ProgramLaunch("none", [], ".", "."),
            Project = "p",
            Stack = "s",
            Kind = OperationKind.Update,
            State = state ?? Checkpoint.Empty,
        }, progress);
        run.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
        run.Register(new ResourceGoal { Type = "thing:index:Thing", Name = "t", Custom = true, Properties = properties });
        run.End();
        return (run.State, told.ToString());
    }

    private static string Write(Checkpoint state, bool open = false)
        => CheckpointWriter.Write(state with { Secrets = new StateSecrets(StateSecrets.Base64Provider, () => null) }, open);

    private static Checkpoint Read(string text) => CheckpointReader.Read(text, "f", _ => null);
}
