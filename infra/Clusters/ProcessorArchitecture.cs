namespace Infra.Clusters;

/// <summary>Which processor an EC2 instance type has.</summary>
public static class ProcessorArchitecture
{
    /// <summary>
    /// Whether it is Graviton: a <c>g</c> among the letters after the generation (EC2 user guide, "Instance type naming conventions"),
    /// as in <c>m7g</c> or <c>c7gn</c>; the family <c>g5</c> has its letter before it.
    /// </summary>
    public static bool IsArm(string instanceType)
    {
        var family = instanceType.Split('.')[0];
        return family.SkipWhile(character => !char.IsAsciiDigit(character)).SkipWhile(char.IsAsciiDigit).TakeWhile(char.IsAsciiLetterLower).Contains('g');
    }
}
