using System.Collections.Immutable;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Reading;

/// <summary>What reading a stack's configuration gives: settings, or every problem with them.</summary>
/// <param name="Settings">Complete and valid exactly when <paramref name="Problems"/> is empty.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Given">Paths that the stack file sets; the other values are defaults.</param>
public sealed record ReadSettings(PlatformSettings Settings, ImmutableArray<SettingsProblem> Problems, ImmutableHashSet<string> Given);
