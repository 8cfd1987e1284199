namespace Infra.InstalledPlatform;

/// <summary>Under which name this program holds fields of objects that others own.</summary>
public static class FieldManager
{
    public const string Name = "studio-platform";
}
