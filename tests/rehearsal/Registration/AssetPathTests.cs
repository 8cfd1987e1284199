using Protocol;
using Rehearsal.Wire;
using Tests.Rehearsal.StackFiles;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Registration;

// Promise: a file or folder that a program hands over has to be there, and is named when it is not.
public sealed class AssetPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AssetPathTests() => _folder.Write("there/file.txt", "text");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, PropertyValue, string> Missing => new()
    {
        { "source", new AssetProperty(Path: "none.txt"), "source is the file 'none.txt'" },
        // A folder is no file
        { "source", new AssetProperty(Path: "there"), "source is the file 'there'" },
        { "code", new ArchiveProperty(Path: "none.zip"), "code is the archive 'none.zip'" },
        {
            "code", new ArchiveProperty(PropertyMap.Create(("a", new AssetProperty(Text: "x")), ("b.c", new AssetProperty(Path: "none")))),
            "code[\"b.c\"] is the file 'none'"
        },
        { "list", new ListProperty([new AssetProperty(Path: "there/file.txt"), new AssetProperty(Path: "none")]), "list[1] is the file 'none'" },
        { "map", new ObjectProperty(PropertyMap.Create(("in", new SecretProperty(new AssetProperty(Path: "none"))))), "map.in is the file 'none'" },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Rejects_APathThatLeadsNowhere(string key, PropertyValue value, string problem)
    {
        await using var engine = await StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => RegisterAsync(engine, key, value))).Message
            .ShouldBe($"my:index:Thing 'thing': {problem}, which does not exist in {_folder.Path}: give a path that does");
    }

    [Fact]
    public async Task Takes_WhatIsThere()
    {
        await using var engine = await StartAsync();
        await RegisterAsync(engine, "all", new ListProperty([
            new AssetProperty(Path: "there/file.txt"), new AssetProperty(Path: Path.Combine(_folder.Path, "there/file.txt")), new AssetProperty(Text: "x"),
            new AssetProperty(Uri: "https://example.invalid/x"), new ArchiveProperty(Path: "there"), new ArchiveProperty(Path: "there/file.txt"),
        ]));
        engine.Diagnostics.ShouldBeEmpty();
    }

    private Task<EngineServer> StartAsync()
        => EngineServer.StartAsync(request => request with { Program = request.Program with { WorkingDirectory = _folder.Path } });

    private static Task<Pulumirpc.RegisterResourceResponse> RegisterAsync(EngineServer engine, string key, PropertyValue value) => engine.RegisterAsync(
        "my:index:Thing", "thing", resource => resource.Object = PropertyEncoder.Encode(PropertyMap.Create((key, value))));
}
