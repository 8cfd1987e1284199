using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A limit.</summary>
public sealed record QuotaSettings
{
    [Setting("Bytes, as a whole number alone or with KB, MB, GB or TB.", Example = "50GB")]
    public required string Bytes { get; init; }

    [Setting("The window, as a Go duration; it starts with the first byte.", Example = "24h")]
    public required string Window { get; init; }
}
