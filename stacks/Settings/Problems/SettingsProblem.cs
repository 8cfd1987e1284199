using System.Text;

namespace Stacks.Settings.Problems;

/// <summary>One thing that is wrong with a stack file, in the operator's words.</summary>
/// <param name="Path">The key to change.</param>
/// <param name="What">What is wrong, one clause without the value.</param>
/// <param name="Allowed">What the key may hold.</param>
/// <param name="Fix">The line to write or the command to run.</param>
/// <param name="Given">The value found; null where there is none to show or it is secret.</param>
public sealed record SettingsProblem(SettingPath Path, string What, string Allowed, string Fix, string? Given = null)
{
    /// <summary>Stands where a secret value would.</summary>
    public const string Hidden = "[secret]";

    /// <summary>The problem as one paragraph.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Path.Text).Append(": ").Append(What).Append('\n');
        if (Given is not null)
        {
            text.Append("  given:   ").Append(Given).Append('\n');
        }

        return text.Append("  allowed: ").Append(Allowed).Append('\n').Append("  fix:     ").Append(Fix).ToString();
    }
}
