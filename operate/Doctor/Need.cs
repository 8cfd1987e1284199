namespace Operate.Doctor;

/// <summary>Whether something is there.</summary>
public enum Presence
{
    /// <summary>It is, and can be used.</summary>
    Found,

    /// <summary>It is not, or cannot be used.</summary>
    Missing,

    /// <summary>Not looked at, or nothing that everybody needs.</summary>
    Skipped,
}

/// <summary>One line of <c>doctor</c>: something that work with the platform needs.</summary>
/// <param name="What">What is looked for.</param>
/// <param name="Presence">Whether it is there.</param>
/// <param name="Found">What is there instead or exactly; never a secret.</param>
/// <param name="For">Whatever needs it.</param>
/// <param name="Fix">How to get it; empty where nothing has to be done.</param>
public sealed record Need(string What, Presence Presence, string Found, string For, string Fix = "")
{
    /// <summary>Whether building and previews need it: without it <c>doctor</c> ends with 1.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it keeps somebody from building or previewing.</summary>
    public bool Blocks => IsRequired && Presence == Presence.Missing;
}

/// <summary>Some needs that go together.</summary>
/// <param name="Name">What the report puts above them.</param>
/// <param name="Needs">In the order of the report.</param>
public sealed record NeedGroup(string Name, IReadOnlyList<Need> Needs);

/// <summary>What was found.</summary>
/// <param name="Groups">All of it.</param>
public sealed record Diagnosis(IReadOnlyList<NeedGroup> Groups)
{
    /// <summary>Whether everything is there that building and previews need.</summary>
    public bool IsReady => !Needs.Any(need => need.Blocks);

    /// <summary>All needs of all groups.</summary>
    public IEnumerable<Need> Needs => Groups.SelectMany(group => group.Needs);
}
