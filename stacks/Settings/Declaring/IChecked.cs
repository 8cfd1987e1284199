using Stacks.Settings.Problems;

namespace Stacks.Settings.Declaring;

/// <summary>A settings record with rules that concern more than one key.</summary>
public interface IChecked
{
    /// <summary>
    /// Every broken rule. Runs only once all keys of the concept are well formed. Another concept is null here if it is absent or malformed;
    /// a problem reported at its key is dropped in the second case.
    /// </summary>
    IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at);
}
