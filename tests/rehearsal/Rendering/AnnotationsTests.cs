using Rehearsal.Rendering;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.Rendering;

// Promise: what a CI system is told is one order to it, whatever a file and a message hold.
public sealed class AnnotationsTests
{
    private static readonly FileProblem Wrong = new(new("/r/a,b:c%;].yaml", 14, 5), "p:size", "is 100% wrong\n::error::no") { Fix = "write size: 3\r\n" };

    [Fact]
    public void GitHub_GetsItsOwnEscapes() => Annotations.GitHub(Wrong, "/r").ShouldBe(
        "::error file=a%2Cb%3Ac%25;].yaml,line=14,col=5::p:size: is 100%25 wrong%0A::error::no%0Afix:     write size: 3");

    [Fact]
    public void Azure_GetsItsOwnEscapes() => Annotations.Azure(Wrong with { IsWarning = true }, "/r").ShouldBe(
        "##vso[task.logissue type=warning;sourcepath=a,b:c%AZP25%3B%5D.yaml;linenumber=14;columnnumber=5]"
            + "p:size: is 100%AZP25 wrong%0A::error::no%0Afix:     write size: 3");

    [Fact]
    public void AProblemWithoutAPlace_HasNone() =>
        Annotations.GitHub(new FileProblem(null, null, "There is no stack."), "/r").ShouldBe("::error::There is no stack.");

    [Fact]
    public void AFileOutsideOfTheRepository_KeepsItsPath() => Annotations.GitHub(new FileProblem(new("/else/x.yaml", 1, 2), null, "no"), "/r").ShouldBe(
        "::error file=/else/x.yaml,line=1,col=2::no");

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", "::error file=s/x.yaml,line=1,col=2::no")]
    [InlineData("TF_BUILD", "True", "BUILD_SOURCESDIRECTORY", "##vso[task.logissue type=error;sourcepath=s/x.yaml;linenumber=1;columnnumber=2]no")]
    [InlineData("GITHUB_ACTIONS", "false", "GITHUB_WORKSPACE", null)]
    [InlineData("GITLAB_CI", "true", "CI_PROJECT_DIR", null)]
    public void TheSystem_IsFoundOutByItsVariables(string variable, string value, string folder, string? expected)
    {
        var annotation = Annotations.For(name => name == variable ? value : name == folder ? "/r" : null, "/elsewhere");

        annotation?.Invoke(new FileProblem(new("/r/s/x.yaml", 1, 2), null, "no")).ShouldBe(expected);
        (annotation is null).ShouldBe(expected is null);
    }

    [Fact]
    public void GitLab_GetsAReport_InWhichWhatMovesStaysTheSame()
    {
        var problem = new FileProblem(new("/r/s/x.yaml", 7, 2), "p:size", "is missing") { Fix = "add size: 3" };
        string Report(int line) => ProblemJson.GitLab([new("dev", "x.yaml", 3, [problem with { Place = problem.Place! with { Line = line } }])], "/r");

        Report(7).ShouldBe("""
            [
              {
                "description": "p:size: is missing (add size: 3)",
                "check_name": "settings/wrong",
                "fingerprint": "FINGERPRINT",
                "severity": "critical",
                "location": {
                  "path": "s/x.yaml",
                  "lines": {
                    "begin": 7
                  }
                }
              }
            ]
            """.Replace("FINGERPRINT", Report(7).Split('"')[11], StringComparison.Ordinal));
        Report(9).ShouldBe(Report(7).Replace("\"begin\": 7", "\"begin\": 9", StringComparison.Ordinal));
    }
}
