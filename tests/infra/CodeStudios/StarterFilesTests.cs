using System.Collections.Immutable;
using Infra.CodeStudios;

namespace Tests.Infra.CodeStudios;

// Promise: a zone gets its starter files once. What its user deletes, changes or made before stays so, whatever restarts, fails or starts twice.
public sealed class StarterFilesTests : IDisposable
{
    private const string Zone = "code_studio_versioned";

    private readonly StudioTestFolder _folder = new();

    public StarterFilesTests()
    {
        _folder.Make($"starter/{Zone}/app/app.py", "print('hello')\n");
        _folder.Make($"starter/{Zone}/read me.md", "# Read me\n");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "zones", Zone));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ANewZone_GetsThem()
    {
        await Run();

        Laid().ShouldBe(["app/app.py", "read me.md"]);
        _folder.Text($"zones/{Zone}/app/app.py").ShouldBe("print('hello')\n");
    }

    [Fact]
    public async Task ARestart_LeavesWhatTheUserDidSince()
    {
        await Run();
        File.Delete(Path.Combine(_folder.Path, "zones", Zone, "read me.md"));
        _folder.Make($"zones/{Zone}/app/app.py", "mine\n");
        _folder.Make($"starter/{Zone}/new.py", "of a later image\n");

        var (_, _, error) = await Run();

        error.ShouldContain("has had its starter files");
        Laid().ShouldBe(["app/app.py"]);
        _folder.Text($"zones/{Zone}/app/app.py").ShouldBe("mine\n");
    }

    [Fact]
    public async Task WhatIsThereBefore_Stays()
    {
        _folder.Make($"zones/{Zone}/app/app.py", "of the user\n");

        await Run();

        _folder.Text($"zones/{Zone}/app/app.py").ShouldBe("of the user\n");
        Laid().ShouldBe(["app/app.py", "read me.md"]);
    }

    [Fact]
    public async Task WhatWasCutOff_IsMadeWholeTheNextTime()
    {
        // A pod that was killed between two files, and in the middle of the second one.
        _folder.Make($"zones/{Zone}/app/app.py", "print('hello')\n");
        _folder.Make($"zones/{Zone}/.code-studio/incoming", "# Re");

        await Run();

        _folder.Text($"zones/{Zone}/read me.md").ShouldBe("# Read me\n");
        _folder.Has($"zones/{Zone}/.code-studio/incoming").ShouldBeFalse();
    }

    [Fact]
    public async Task PodsThatStartAtOnce_FillAZoneOnce()
    {
        var runs = await Task.WhenAll(Run(), Run(), Run());

        runs.Count(run => run.Error.Contains("laid app/app.py", StringComparison.Ordinal)).ShouldBe(1);
        runs.Count(run => run.Error.Contains("has had its starter files", StringComparison.Ordinal)).ShouldBe(2);
        Laid().ShouldBe(["app/app.py", "read me.md"]);
    }

    [Fact]
    public async Task WhatTheExclusionsMatch_StaysInTheImage()
    {
        _folder.Make($"starter/{Zone}/node_modules/left pad/index.js", "x");
        _folder.Make($"starter/{Zone}/app/app.pyc", "x");
        var exclusions = _folder.Make("exclusions", StudioExclusions.Text(["# comment", "node_modules/", "**/*.pyc", "/read?me.md"]));

        await Run(("STARTER_EXCLUSIONS", exclusions));

        Laid().ShouldBe(["app/app.py"]);
    }

    [Fact]
    public async Task AListThatCannotBeMade_LeavesTheZoneUnmarked()
    {
        var (code, _, _) = await StudioParts.Bash(
            _folder.Path, new Dictionary<string, string> { ["STARTER_EXCLUSIONS"] = "x", ["TMPDIR"] = "/nowhere" }, Arguments());

        code.ShouldNotBe(0);
        _folder.Has($"zones/{Zone}/.code-studio/starter-files").ShouldBeFalse();
        await Run();
        Laid().ShouldBe(["app/app.py", "read me.md"]);
    }

    [Fact]
    public async Task AZoneThatIsNotMounted_IsPassedOver_AndFoldersAreMade()
    {
        _folder.Make("starter/user_versioned/settings.json", "{}");

        await Run([], $"{Zone}/python/lib");

        Directory.Exists(Path.Combine(_folder.Path, "zones", Zone, "python/lib")).ShouldBeTrue();
        Directory.Exists(Path.Combine(_folder.Path, "zones/user_versioned")).ShouldBeFalse();
    }

    // Kubernetes expands $(NAME) in commands as well, and takes $$ for one dollar: the script has neither of a variable of the pod.
    [Fact]
    public void Kubernetes_LeavesTheScriptAsItIs()
    {
        var script = CodeStudioImage.Script("starter-files").Text!;

        script.ShouldNotContain("$$");
        PodVariables.Fields.ShouldAllBe(field => !script.Contains($"$({field.Name})", StringComparison.Ordinal));
        script.ShouldNotContain("$(STARTER_EXCLUSIONS)");
    }

    private ImmutableArray<string> Laid() =>
        [.. _folder.Files($"zones/{Zone}").Where(file => !file.StartsWith(".code-studio", StringComparison.Ordinal))];

    private string[] Arguments(params string[] folders) =>
    [
        StudioParts.Script(_folder.Path, "starter-files"), Path.Combine(_folder.Path, "starter"), Path.Combine(_folder.Path, "zones"), .. folders,
    ];

    private Task<(int Code, string Output, string Error)> Run(params (string Name, string Value)[] environment) => Run(environment, []);

    private async Task<(int Code, string Output, string Error)> Run((string Name, string Value)[] environment, params string[] folders)
    {
        var ran = await StudioParts.Bash(_folder.Path, environment.ToDictionary(entry => entry.Name, entry => entry.Value), Arguments(folders));
        ran.Code.ShouldBe(0, ran.Error);
        return ran;
    }
}
