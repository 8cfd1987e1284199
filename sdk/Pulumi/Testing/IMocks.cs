using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Answers in place of the engine when a program runs in a test.</summary>
public interface IMocks
{
    /// <summary>Answers a registration or a read.</summary>
    /// <returns>The id, null for what has none, and the state: a dictionary, or any object that converts to one.</returns>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Answers an invoke or a call.</summary>
    /// <returns>A dictionary, or any object that converts to one.</returns>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Hears what a component or the stack registers as its outputs.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>Mocks that echo the inputs of resources, which get no id.</summary>
public class EmptyMocks : IMocks
{
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) => Task.FromResult<(string?, object)>((null, args.Inputs));

    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args);
}

/// <summary>A registration or a read, as mocks see it: secrets are plain, numbers are doubles.</summary>
public class MockResourceArgs
{
    public string? Type { get; set; }

    public string? Name { get; set; }

    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    public string? Provider { get; set; }

    /// <summary>The id of a resource that is read, otherwise empty.</summary>
    public string? Id { get; set; }
}

/// <summary>An invoke or a call, as mocks see it: secrets are plain, numbers are doubles.</summary>
public class MockCallArgs
{
    public string? Token { get; set; }

    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    public string? Provider { get; set; }
}

/// <summary>What a component or the stack registers as its outputs, with the marks of secrets and unknowns.</summary>
public class MockRegisterResourceOutputsRequest
{
    public readonly string Urn;
    public readonly ImmutableDictionary<string, Output<object?>> Outputs;

    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}

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
