using Pulumi;

namespace Stacks;

/// <summary>Where Seqera Platform with Data Studios runs by Docker Compose, for who keeps it.</summary>
/// <param name="PlatformUrl">Address of the Platform.</param>
/// <param name="ConnectUrl">Address of connect-proxy.</param>
/// <param name="InstanceId">The host: <c>aws ssm start-session --target</c> opens a shell on it.</param>
/// <param name="DataVolumeId">The volume with all data.</param>
/// <param name="SecretArn">Secret of Secrets Manager with what this stack made for the host.</param>
/// <param name="LoadBalancer">Host name that the names of the Platform lead to.</param>
[Exported]
public sealed record ComposeOutputs(
    string PlatformUrl, string ConnectUrl, Output<string> InstanceId, Output<string> DataVolumeId, Output<string> SecretArn, Output<string> LoadBalancer);
