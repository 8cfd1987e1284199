using Rehearsal.StackFiles;
using Stacks.Settings;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: the reference page shows each concept as a stack file may have it, says of each key what a change does, and fits a screen.
public sealed class ReferencePageTests
{
    // Longer only where a key and its default alone are
    private const int Widest = 160;

    private static readonly string Examples = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "Settings", "Generating", "examples.yaml"));

    private static readonly Page Reference = Page.Parse("docs/configuration.md", ConfigurationDocument.Render());

    [Fact]
    public void EveryConcept_HasAnExample_InTheOrderOfTheConcepts() => Examples.Split('\n')
        .Where(line => line.StartsWith("platform:", StringComparison.Ordinal)).Select(line => string.Join(':', line.Split(':')[..2]))
        .ShouldBe(SettingsCatalog.Platform.Settings.Select(concept => SettingPath.Top(concept.Key).Text));

    [Fact]
    public void Examples_AreAccepted()
    {
        using var folder = new Rehearsal.StackFiles.TemporaryFolder();
        var path = folder.Write("Pulumi.test.yaml", $"config:\n{string.Join('\n', Examples.Split('\n').Select(line => $"  {line}"))}");
        var project = ProjectFile.Read(Repository.Root);
        var config = StackConfig.Read(project, "test", StackFile.Read(path, project.Name), (_, _) => "");

        SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys)).Malformed.Select(problem => problem.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void EveryKey_HasOneRow() => Reference.Lines.Where(line => line.Language is null)
        .Select(line => line.Text.Split(" | ") is [var key, _, _, _] && key.StartsWith("| `", StringComparison.Ordinal) ? key : null).OfType<string>().Count()
        .ShouldBe(SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Entries(concept).Skip(1)).Count());

    [Fact]
    public void Lines_FitAScreen() => Reference.Lines
        .Where(line => line.Text.Length > Widest && !line.Text.EndsWith("| see below |", StringComparison.Ordinal))
        .Select(line => $"{line}: {line.Text.Length} characters")
        .ShouldBeEmpty();

    [Fact]
    public void WhatChangesDo_IsSaidOfSettings() => File.ReadLines(Path.Combine(Repository.Root, "stacks", "Settings", "Generating", "when-changed.txt"))
        .Select(line => line.Split('\t')[0])
        .Except(SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Entries(concept)).Select(entry => entry.At.Text))
        .ShouldBeEmpty("a setting was renamed: PLATFORM_ACCEPT=1 ./platform test WhenChanged");
}
