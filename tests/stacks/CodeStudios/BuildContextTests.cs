using System.Collections.Immutable;
using System.Text;
using Infra.CodeStudios;
using Stacks.CodeStudios;
using Tests.Infra.CodeStudios;

namespace Tests.Stacks.CodeStudios;

// Promise: the same template and resources make the same bytes and the same tag everywhere; a folder is written as a whole or not at all.
public sealed class BuildContextTests : IDisposable
{
    private const string Mark = ".mark";

    private readonly string _folder = Directory.CreateTempSubdirectory("context-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Resources_LieWhereBlocksSay()
    {
        var template = TemplateSamples.Of(
            new JupyterLab(),
            new AddStarterFiles
            {
                Zone = FileZone.UserVersioned,
                Files = [new("${template.resources}/notes", "notes"), new("${template.resources}/a.txt", "b.txt")]
            },
            TemplateSamples.Server(9000, "/home/dataiku/run.sh") with { Scripts = [new("${template.resources}/run.sh", "run.sh")] },
            TemplateSamples.Append("COPY __TEMPLATE_RESOURCES__/a.txt /srv/"));
        var context = BuildContext.Of("sample", template,
            Resources(("a.txt", "a"), ("notes/one.md", "1"), ("notes/deep/two.md", "2"), ("run.sh", "serve"), ("tool", "#!/bin/sh\n")));

        context.Files.Where(file => file.Key.StartsWith("starter/", StringComparison.Ordinal) || file.Key.StartsWith("scripts/", StringComparison.Ordinal)
            || file.Key.StartsWith("template-resources/", StringComparison.Ordinal))
                .Select(file => (file.Key, Text(file.Value), file.Value.IsExecutable)).ShouldBe([
            ("scripts/run.sh", "serve", true),
            ("starter/user_versioned/b.txt", "a", false),
            ("starter/user_versioned/notes/deep/two.md", "2", false),
            ("starter/user_versioned/notes/one.md", "1", false),
            ("template-resources/a.txt", "a", false),
            ("template-resources/notes/deep/two.md", "2", false),
            ("template-resources/notes/one.md", "1", false),
            ("template-resources/run.sh", "serve", false),
            ("template-resources/tool", "#!/bin/sh\n", true),
        ]);
    }

    [Fact]
    public void Rejects_AResourceThatThereIsNot() => Should.Throw<StudioException>(() => BuildContext.Of("sample", Starter("lost"), Resources(("a", "1"))))
        .Message.ShouldBe("The template sample names ${template.resources}/lost, and its folder of resources has no such file.");

    [Fact]
    public void Rejects_AFileWhereAnotherNeedsAFolder()
    {
        var template = TemplateSamples.Of(new JupyterLab(), new AddStarterFiles
        {
            Zone = FileZone.UserVersioned,
            Files = [new("${template.resources}/a", "notes"), new("${template.resources}/a", "notes/b")],
        });

        Should.Throw<StudioException>(() => BuildContext.Of("sample", template, Resources(("a", "1")))).Message.ShouldBe(
            "The template sample puts a file at starter/user_versioned/notes, and others below it as if it were a folder.");
    }

    [Fact]
    public void Tag_ChangesWithEveryByteAndBlock()
    {
        var context = BuildContext.Of("sample", Starter("a"), Resources(("a", "1")));
        string[] others =
        [
            BuildContext.Of("sample", Starter("a"), Resources(("a", "2"))).Tag,
            BuildContext.Of("sample", Starter("a"), Resources(("a", "#!1"))).Tag,
            BuildContext.Of("sample", Starter("a") with { BaseImage = CodeStudioPins.BaseImage.At("bookworm") }, Resources(("a", "1"))).Tag,
            BuildContext.Of("sample", TemplateSamples.Of(new JupyterLab { Port = 9000 }), Resources()).Tag,
        ];

        context.Tag.ShouldMatch("^[0-9a-f]{20}$");
        BuildContext.Of("sample", Starter("a"), Resources(("unused", "x"), ("a", "1"))).Tag.ShouldBe(context.Tag);
        others.Append(context.Tag).ShouldBeUnique();
    }

    [Fact]
    public void AFolder_IsReplacedAsAWhole()
    {
        var target = Path.Combine(_folder, "deep", "out");
        StudioFolder.Write(target, Files(("a/b", "1"), ("c", "2")), Mark, "first\n");
        StudioFolder.Write(target, Files(("c", "3")), Mark, "second\n");

        Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(target, path), File.ReadAllText(path)))
            .ShouldBe([("c", "3"), (Mark, "second\n")], ignoreOrder: true);
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(target)!).ShouldBe([target]);
    }

    [Fact]
    public void Rejects_AForeignFolder()
    {
        File.WriteAllText(Path.Combine(_folder, "precious"), "kept");

        Should.Throw<StudioException>(() => StudioFolder.Write(_folder, Files(("c", "3")), Mark, "")).Message
            .ShouldBe($"{_folder} holds files that this command did not write.");
        Should.Throw<StudioException>(() =>
            StudioFolder.Write(Path.Combine(_folder, "precious"), Files(("c", "3")), Mark, "")).Message.ShouldEndWith(" is a file.");
        Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).ShouldBe(["precious"]);
    }

    [Fact]
    public void AFailure_LeavesNothingHalfWritten()
    {
        var target = Path.Combine(_folder, "out");
        StudioFolder.Write(target, Files(("a", "1")), Mark, "");

        // A file and a folder of one name cannot both be written.
        Should.Throw<StudioException>(() => StudioFolder.Write(target, Files(("x", "2"), ("x/y", "3")), Mark, ""));

        File.ReadAllText(Path.Combine(target, "a")).ShouldBe("1");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBe([target]);
    }

    [Fact]
    public void Rejects_LinksAmongResources()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "key"), "/etc/passwd");

        Should.Throw<StudioException>(() => StudioFolder.Read(_folder)).Message.ShouldStartWith("key in ");
        Should.Throw<StudioException>(() => StudioFolder.Read(Path.Combine(_folder, "lost"))).Message.ShouldEndWith("is not there.");
    }

    private static CodeStudioTemplate Starter(string source) => TemplateSamples.Of(
        new JupyterLab(), new AddStarterFiles { Zone = FileZone.UserVersioned, Files = [new($"${{template.resources}}/{source}", "a")] });

    private static ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Resources(params (string Path, string Text)[] files) =>
        files.ToImmutableSortedDictionary(file => file.Path, file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);

    private static Dictionary<string, BuiltFile> Files(params (string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => new BuiltFile(Encoding.UTF8.GetBytes(file.Text), false));

    private static string Text(BuiltFile file) => Encoding.UTF8.GetString(file.Bytes.Span);
}
