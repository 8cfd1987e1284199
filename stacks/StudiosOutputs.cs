using Pulumi;

namespace Stacks;

/// <summary>What whoever configures Seqera Platform and the load balancer needs of Studios.</summary>
/// <param name="ConnectUrl">Value of TOWER_DATA_STUDIO_CONNECT_URL.</param>
/// <param name="ProxyService">Service that the load balancer sends connect and session hosts to, port 80.</param>
/// <param name="ServerService">Headless Service of the tunnels.</param>
/// <param name="RegistrationTokenSecret">Secret for TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN of the Platform backend.</param>
/// <param name="SigningKeySecret">Secret with <c>oidc.pem</c>, which backend and cron mount.</param>
/// <param name="SshHostKeySecret">Secret with the SSH host key; null without SSH.</param>
/// <param name="SshFingerprint">Value of TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT; null without SSH.</param>
public sealed record StudiosOutputs(
    Output<string> ConnectUrl,
    Output<string> ProxyService,
    Output<string> ServerService,
    Output<string> RegistrationTokenSecret,
    Output<string> SigningKeySecret,
    Output<string>? SshHostKeySecret,
    Output<string>? SshFingerprint);
