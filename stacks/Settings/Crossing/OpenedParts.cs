namespace Stacks.Settings.Crossing;

/// <summary>Parts of a production stack that were opened for deletion, and should not stay so.</summary>
internal static class OpenedParts
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        var at = SettingPath.Top(nameof(PlatformSettings.Unprotected));
        if (!settings.Unprotected.IsEmpty && !settings.Production)
        {
            yield return SettingsProblem.Warning(
                at, "opens what is not closed: without production: true nothing is protected", "given beside production: true", "remove unprotected");
        }

        foreach (var (index, part) in settings.Unprotected.Index().Where(_ => settings.Production))
        {
            yield return SettingsProblem.Warning(
                at[index], "may be deleted by every update of this production stack", "given for the two updates in which a part goes",
                "remove it again once the part is gone", part);
        }
    }
}
