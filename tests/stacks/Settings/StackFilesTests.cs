using Rehearsal.StackFiles;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: every stack file of the repository can be rehearsed on a fresh machine: it is valid and asks for no passphrase.
public sealed class StackFilesTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.Root, "Pulumi.*.yaml").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "stacks", "examples"), "Pulumi.*.yaml"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void AStackFile_IsValid(string file) => Read(file).Problems.Select(problem => problem.ToString()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void AStackFile_NamesTheEditorsSchema(string file)
    {
        var first = File.ReadLines(Path.Combine(Repository.Root, file)).First();
        var schema = first.Replace("# yaml-language-server: $schema=", "", StringComparison.Ordinal);

        schema.ShouldNotBe(first);
        File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, schema)).ShouldBeTrue(schema);
    }

    [Fact]
    public void TheEffectiveSettings_ShowWhatIsGivenAndWhatIsDefault() =>
        EffectiveSettings
            .Text(Read("Pulumi.dev.yaml"))
            .Split('\n')
            .ShouldSatisfyAllConditions(
                lines => lines.Single(line => line.StartsWith("platform:redis.inCluster.memory ", StringComparison.Ordinal)).ShouldEndWith("  128Mi"),
                lines =>
                    lines
                        .Single(line => line.StartsWith("platform:redis.inCluster.passwordRotation ", StringComparison.Ordinal))
                        .ShouldEndWith("  1  (default)"));

    internal static ReadSettings Read(string file)
    {
        var project = ProjectFile.Read(Repository.Root);
        var stack = StackFile.Read(Path.Combine(Repository.Root, file), project.Name);
        var config = StackConfig.Read(
            project,
            "test",
            stack,
            (_, _) => throw new InvalidOperationException($"{file} holds a secret, and a fresh machine has no passphrase."));
        return SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys));
    }
}
