// Protects the whole shape of generated classes: a small schema with one of everything, and the sources for it.
using Generator.Emit;
using Generator.Schema;
using Tests.Support;

namespace Tests.Sdk.Generator;

public class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "sdk", "generator", "golden");

    [Fact]
    public void SmallSchema_GivesTheseSources()
    {
        var files = new PackageEmitter(PackageSpec.Load(Path.Combine(Folder, "demo.json"))).Emit();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            foreach (var (name, text) in files)
            {
                File.WriteAllText(Path.Combine(Folder, name + ".txt"), text);
            }
        }

        var golden = Directory.GetFiles(Folder, "*.g.cs.txt").ToDictionary(field => Path.GetFileName(field)[..^".txt".Length], File.ReadAllText);

        files.Keys.Order(StringComparer.Ordinal).ShouldBe(golden.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in golden)
        {
            files[name].ShouldBe(text, name);
        }
    }

    [Fact]
    public void Sources_AreTheSame_ForTheSameSchema()
    {
        var schema = File.ReadAllText(Path.Combine(Folder, "demo.json"));

        new PackageEmitter(PackageSpec.Parse(schema)).Emit().ShouldBe(new PackageEmitter(PackageSpec.Parse(schema)).Emit());
    }

    [Fact]
    public void WithheldProperty_IsInNoSource()
    {
        var files = new PackageEmitter(PackageSpec.Load(Path.Combine(Folder, "demo.json"))).Emit();

        files.Values.ShouldAllBe(text => !text.Contains("unlisted", StringComparison.OrdinalIgnoreCase));
    }
}
