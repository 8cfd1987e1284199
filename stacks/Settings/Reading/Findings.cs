using Stacks.Settings.Problems;

namespace Stacks.Settings.Reading;

/// <summary>What one reading of a stack's configuration has found so far.</summary>
internal sealed class Findings
{
    public List<SettingsProblem> Problems { get; } = [];

    /// <summary>Paths that the file sets.</summary>
    public HashSet<string> Given { get; } = [];

    /// <summary>Top-level keys of the secrets that some setting stands for or refers to.</summary>
    public HashSet<string> SecretKeys { get; } = [];

    public void Add(SettingsProblem problem) => Problems.Add(problem);

    public void AddRange(IEnumerable<SettingsProblem> problems) => Problems.AddRange(problems);
}
