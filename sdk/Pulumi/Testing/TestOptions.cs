namespace Pulumi.Testing;

/// <summary>What a program under test sees of its surroundings.</summary>
public class TestOptions
{
    /// <summary>The project's name; <c>project</c> when not given.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack's name; <c>stack</c> when not given.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether the run is a preview; true when not given.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organization's name; <c>organization</c> when not given.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>The project's folder; <c>/</c> when not given.</summary>
    public string? RootDirectory { get; set; }
}
