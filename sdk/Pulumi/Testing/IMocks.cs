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
