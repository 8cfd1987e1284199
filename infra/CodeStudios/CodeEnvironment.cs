using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>Language of a code environment.</summary>
public enum CodeLanguage
{
    Python,
    R,
}

/// <summary>An environment of packages that users run their code in; each tool of the template offers it.</summary>
public sealed partial record CodeEnvironment : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "codeEnvironment";

    /// <summary>As DSS has it: the build that is the newest when the image is built.</summary>
    public const string DefaultVersion = "Latest";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its language.</summary>
    public CodeLanguage Language { get; init; } = CodeLanguage.Python;

    /// <summary>The build of DSS that it was, kept for exports.</summary>
    public string VersionId { get; init; } = DefaultVersion;

    /// <summary>Its folder below that of its language; empty for its name with an underscore for each character that a folder has not.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Packages: requirements of pip, or packages of CRAN. DSS keeps them on its node; here the template does.</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    public override string Kind => KindName;

    /// <summary>The folder's name.</summary>
    public string Folder => Directory.Length > 0 ? Directory : NoFolder().Replace(Name, "_");

    /// <summary>Where it lies in the image.</summary>
    public string Path => $"{CodeStudioImage.Root}/{(Language == CodeLanguage.Python ? "python" : "r")}-code-envs/{Folder}";

    /// <summary>Its interpreter.</summary>
    public string Interpreter => Language == CodeLanguage.Python ? $"{Path}/bin/python" : "/usr/bin/R";

    /// <summary>Name of its kernel in Jupyter.</summary>
    public string KernelName => $"{(Language == CodeLanguage.Python ? "py" : "r")}-dku-venv-{Folder.ToLowerInvariant()}";

    public override CodeStudioState Apply(CodeStudioState before)
    {
        if (before.CodeEnvironments.Any(IsSame))
        {
            return before;
        }

        var state = Language == CodeLanguage.Python ? AddPython(before) : AddR(before);
        state = state with { CodeEnvironments = state.CodeEnvironments.Add(this) };
        return state.Viewers.Aggregate(state, (shown, viewer) => viewer.Show(shown));
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Any(char.IsControl))
        {
            yield return new("name", "is no name", "a text of one line", "for example analysis", Name);
        }
        else if (Directory.Length > 0 && NoFolder().IsMatch(Directory))
        {
            yield return new(
                "directory", "has characters that a folder of environments has not", "letters, digits, hyphens and underscores", "for example analysis",
                Directory);
        }
        else if (before.CodeEnvironments.FirstOrDefault(earlier => HasItsFolder(earlier) && !IsSame(earlier)) is { } other)
        {
            yield return new(
                Directory.Length > 0 ? "directory" : "name", $"makes the folder {Path}, which that of an earlier block, {other.Name}, is",
                "a folder of its own once every other character is an underscore", "take another name, or give directory",
                Directory.Length > 0 ? Directory : Name);
        }

        foreach (var fault in Language == CodeLanguage.Python ? BlockChecks.Requirements(Packages, "packages") : [])
        {
            yield return fault;
        }

        for (var index = 0; index < Packages.Length; index++)
        {
            if (Language == CodeLanguage.R && !CranName().IsMatch(Packages[index]))
            {
                yield return new(
                    $"packages[{BlockChecks.Text(index)}]", "is no package of CRAN", "the name of a package; its version is that of the snapshot",
                    "for example data.table", Packages[index]);
            }
        }
    }

    // Archives of DSS name an environment twice, which changes nothing (facts of Dataiku, §2).
    private bool IsSame(CodeEnvironment other) => (Name, Language, Path) == (other.Name, other.Language, other.Path) && Packages.SequenceEqual(other.Packages);

    // Jupyter knows kernels by names without capitals.
    private bool HasItsFolder(CodeEnvironment other) => string.Equals(other.Path, Path, StringComparison.OrdinalIgnoreCase);

    private CodeStudioState AddPython(CodeStudioState before)
    {
        var file = $"code-envs/python/{Folder}/requirements.txt";
        return CodeStudioImage.Install(before, ["python3", "python3-venv"])
            .With(file, new ContextFile(string
                .Concat(PythonPackages.Merge([$"ipykernel=={CodeStudioPins.IpyKernel}"], Packages).Select(package => $"{package}\n"))))
            .With(PythonPackages.Environment(file, Path, before.Options));
    }

    private CodeStudioState AddR(CodeStudioState before)
    {
        var file = $"code-envs/r/{Folder}/packages.R";
        var names = string.Join(", ", Packages.Distinct(StringComparer.Ordinal).Select(package => $"\"{package}\""));
        var repository = before.Options.CranMirror is { Length: > 0 } mirror ? mirror : CodeStudioPins.CranSnapshot;
        // The user agent chooses binaries for this R; without it the repository sends sources.
        var script =
            $$"""
            options(
              repos = c(CRAN = {{JsonSerializer.Serialize(repository)}}),
              HTTPUserAgent = sprintf("R/%s R (%s)", getRversion(), paste(getRversion(), R.version["platform"], R.version["arch"], R.version["os"]))
            )
            wanted <- c({{names}})
            library_path <- "{{Path}}"
            if (length(wanted) > 0) {
              install.packages(wanted, lib = library_path)
              missing <- setdiff(wanted, rownames(installed.packages(lib.loc = library_path)))
              if (length(missing) > 0) {
                stop("not installed: ", paste(missing, collapse = ", "))
              }
            }

            """;
        return CodeStudioImage.Install(before, ["r-base-core", "r-base-dev", "r-cran-irkernel"])
            .With(file, new ContextFile(script.ReplaceLineEndings("\n")))
            .With(ImageStatements.Copy(file, $"{Path}/packages.R"))
            .With(new ImageLayer($"RUN Rscript --vanilla {Path}/packages.R", AsRoot: true));
    }

    /// <summary>The kernel as Jupyter reads it.</summary>
    internal string KernelJson()
    {
        JsonArray command = Language == CodeLanguage.Python
            ? [Interpreter, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            : [Interpreter, "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"];
        var kernel = new JsonObject
        {
            ["argv"] = command,
            ["display_name"] = $"{(Language == CodeLanguage.Python ? "Python" : "R")} ({Name})",
            ["language"] = Language == CodeLanguage.Python ? "python" : "R",
        };
        if (Language == CodeLanguage.R)
        {
            kernel["env"] = new JsonObject { ["R_LIBS"] = Path };
        }

        return StudioJson.Text(kernel);
    }

    // Facts of Dataiku, §3.5: every character outside [a-zA-Z0-9-_].
    [GeneratedRegex("[^a-zA-Z0-9_-]", RegexOptions.None, 1000)]
    private static partial Regex NoFolder();

    // Writing R Extensions, "The DESCRIPTION file": letters, digits and dots, two at least, a letter first and no dot last.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]\z", RegexOptions.None, 1000)]
    private static partial Regex CranName();
}

/// <summary>What a template tells package managers besides.</summary>
/// <param name="Pip">Further options of pip install.</param>
/// <param name="Venv">Further options of the creation of environments.</param>
/// <param name="CranMirror">Repository of R packages; empty for the pinned snapshot.</param>
public sealed record PackageOptions(ImmutableArray<string> Pip, ImmutableArray<string> Venv, string CranMirror)
{
    public static readonly PackageOptions None = new([], [], "");

    internal static string Words(ImmutableArray<string> options) => string.Concat(options.Select(option => $"{StudioPath.Quoted(option)} "));
}

/// <summary>Requirements of pip.</summary>
internal static partial class PythonPackages
{
    /// <summary>Whether pip reads it as one requirement, and as no option.</summary>
    public static bool IsRequirement(string text) => Requirement().IsMatch(text);

    /// <summary>Both lists as one; where they name the same package, the last wins (facts of Dataiku, §2).</summary>
    public static IEnumerable<string> Merge(IEnumerable<string> defaults, IEnumerable<string> own)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var requirement in defaults.Concat(own))
        {
            // PyPA, "Name normalization": runs of -, _ and . are one hyphen, and case says nothing.
            byName[Separators().Replace(Requirement().Match(requirement).Groups["name"].Value, "-").ToLowerInvariant()] = requirement.Trim();
        }

        return byName.Values;
    }

    /// <summary>The layer that makes an environment of a file of requirements.</summary>
    public static ImageLayer Environment(string file, string path, PackageOptions options, string python = "python3") => new(
        $"""
        {ImageStatements.Copy(file, $"{path}.requirements.txt").Statements}
        RUN {python} -m venv {PackageOptions.Words(options.Venv)}{path} \
         && {path}/bin/pip install --no-cache-dir {PackageOptions.Words(options.Pip)}--requirement {path}.requirements.txt
        """,
        AsRoot: true);

    private const string Version = @"(===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+";

    // "pandas", "pandas==2.2.3", "uvicorn[standard]>=0.30,<1", "numpy ; python_version >= '3.9'".
    [GeneratedRegex(
        $@"\A\s*(?<name>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[A-Za-z0-9._, -]+\])?\s*({Version}(\s*,\s*{Version})*)?\s*(;[ A-Za-z0-9_.'""<>=!()-]+)?\z",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Requirement();

    [GeneratedRegex("[-_.]+", RegexOptions.None, 1000)]
    private static partial Regex Separators();
}

/// <summary>JSON as files of an image have it: indented, with line feeds, and readable for everybody.</summary>
internal static class StudioJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static string Text(JsonNode node) => $"{node.ToJsonString(Options)}\n";
}
