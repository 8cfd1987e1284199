using Pulumirpc;

namespace Pulumi;

/// <summary>The engine's side that takes messages.</summary>
internal interface IEngine
{
    Task LogAsync(LogRequest request);
}
