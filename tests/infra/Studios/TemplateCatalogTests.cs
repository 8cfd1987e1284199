using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;

namespace Tests.Infra.Studios;

// Templates become variables that the Platform takes apart again: keys must survive that, and old Platforms must not see new suffixes.
public class TemplateCatalogTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    private static readonly Gen<StudioTemplate> Templates =
        from key in Gen.Elements("JUPYTER", "A", "A-B", "R2", "MY-TOOL-3")
        from tool in Gen.Elements(StudioTemplate.Tools.ToArray())
        from status in Gen.Elements("recommended", "deprecated", "experimental", "unsupported", null)
        from tag in Gen.Elements("1.0-0.12", "1.0-r2-0.9.1", "custom")
        select new StudioTemplate(key, ImageReference.Parse($"registry.example.com/a/b:{tag}"), tool, tool, status);

    [Property]
    public Property EveryVariable_SplitsBackIntoKeyAndSuffix() =>
        Prop.ForAll(
                Arb.From(Gen.ListOf(Templates)),
                Arb.From(Gen.Elements(true, false)),
                (templates, withTool) =>
                {
                    var merged = TemplateCatalog.Merge([], templates);
                    return TemplateCatalog
                        .Variables(merged, withTool)
                        .Keys.All(name =>
                            name["TOWER_DATA_STUDIO_TEMPLATES_".Length..].Split('_') is [var key, var suffix]
                            && merged.Any(template => template.Key == key)
                            && (withTool ? suffix is "REPOSITORY" or "ICON" or "TOOL" or "STATUS" : suffix is "REPOSITORY" or "ICON"));
                });

    [Property]
    public Property OwnTemplates_WinOverTheVendors() => Prop.ForAll(Arb.From(Gen.ListOf(Templates)), Arb.From(Gen.ListOf(Templates)), (defaults, own) =>
    {
        var merged = TemplateCatalog.Merge(defaults, own);
        return merged.Select(template => template.Key).SequenceEqual(merged.Select(template => template.Key).Distinct().Order(StringComparer.Ordinal))
            && own.GroupBy(template => template.Key).All(group => merged.Single(template => template.Key == group.Key) == group.Last());
    });

    [Fact]
    public void TheLegacyCatalog_IsTheSeedsFourImages()
    {
        var release = Matrix.Release(SemanticVersion.Parse("24.1.4"))!;

        TemplateCatalog.Variables(TemplateCatalog.Defaults(Matrix, release), withTool: false).ShouldBe(new Dictionary<string, string>
        {
            ["TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_ICON"] = "jupyter",
            ["TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_REPOSITORY"] = "public.cr.seqera.io/platform/data-studio-jupyter:4.1.5-0.7.4",
            ["TOWER_DATA_STUDIO_TEMPLATES_RSTUDIO_ICON"] = "rstudio",
            ["TOWER_DATA_STUDIO_TEMPLATES_RSTUDIO_REPOSITORY"] = "public.cr.seqera.io/platform/data-studio-rstudio:4.4.1-0.7.4",
            ["TOWER_DATA_STUDIO_TEMPLATES_VSCODE_ICON"] = "vscode",
            ["TOWER_DATA_STUDIO_TEMPLATES_VSCODE_REPOSITORY"] = "public.cr.seqera.io/platform/data-studio-vscode:1.83.0-0.7.4",
            ["TOWER_DATA_STUDIO_TEMPLATES_XPRA_ICON"] = "xpra",
            ["TOWER_DATA_STUDIO_TEMPLATES_XPRA_REPOSITORY"] = "public.cr.seqera.io/platform/data-studio-xpra:6.0-r0-1-0.7.4",
        }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("JUPYTER", true)]
    [InlineData("RIDE-OLD", true)]
    [InlineData("R2D2", true)]
    [InlineData("MY_TOOL", false)]
    [InlineData("jupyter", false)]
    [InlineData("-A", false)]
    [InlineData("A--B", false)]
    [InlineData("2A", false)]
    [InlineData("", false)]
    public void AKey_IsUpperCaseWithoutUnderscores(string key, bool valid) => StudioTemplate.IsKey(key).ShouldBe(valid);
}

// A tag tells which connect-client is inside, and with it what a session can do.
public class StudioImageTagTests
{
    [Theory]
    [InlineData("4.4.1-0.7.4", "4.4.1", "0.7.4")]
    [InlineData("6.0-r0-1-0.7.4", "6.0-r0-1", "0.7.4")]
    [InlineData("4.4.1-u2-0.8", "4.4.1-u2", "0.8")]
    [InlineData("2026.01.2-0.12", "2026.01.2", "0.12")]
    public void ATag_IsSoftwareAndClient(string text, string software, string client)
    {
        StudioImageTag.TryParse(text, out var tag).ShouldBeTrue();

        (tag!.Software, tag.Client.ToString(), tag.ToString()).ShouldBe((software, client, text));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1.101.2")]
    [InlineData("1.0-beta")]
    [InlineData("-0.12")]
    [InlineData("")]
    public void AForeignTag_TellsNothing(string text) => StudioImageTag.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0.9", "0.10.0", false)]
    [InlineData("0.10", "0.10.0", true)]
    [InlineData("0.8", "0.8.4", true)]
    [InlineData("0.8.3", "0.8.4", false)]
    [InlineData("0.12.2", "0.10.0", true)]
    [InlineData("1.0", "0.10.0", true)]
    public void AFloatingTag_HasEveryPatchOfItsMinor(string client, string minimum, bool enough)
    {
        ConnectClientVersion.TryParse(client, out var version).ShouldBeTrue();

        version!.IsAtLeast(SemanticVersion.Parse(minimum)).ShouldBe(enough);
    }
}
