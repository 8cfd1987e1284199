namespace Generator.Schema;

/// <summary>The languages that a package schema says something about.</summary>
public sealed record PackageLanguageSpec
{
    public CsharpPackageSpec Csharp { get; init; } = new();
}
