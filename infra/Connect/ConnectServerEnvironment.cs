using System.Collections.Immutable;

namespace Infra.Connect;

/// <summary>What decides the environment of connect-server.</summary>
/// <param name="HostDomain">Name of the headless Service: each server registers itself under its pod's name below it.</param>
/// <param name="Redis">The same object as for the proxy.</param>
/// <param name="LogLevel">How much it says.</param>
/// <param name="Extra">Further variables; they may not be ones that the platform sets.</param>
public sealed record ConnectServerEnvironment(string HostDomain, ConnectRedis Redis, ConnectLogLevel LogLevel, ImmutableDictionary<string, string> Extra);
