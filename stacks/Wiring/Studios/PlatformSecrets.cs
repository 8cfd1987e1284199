using Infra.Secrets;
using Pulumi;

namespace Stacks.Wiring;

/// <summary>What Studios and Platform share, and where.</summary>
internal sealed record PlatformSecrets(Input<string> Namespace, SecretKeyRef RegistrationToken, SecretKeyRef SigningKey, Output<string>? SshFingerprint);
