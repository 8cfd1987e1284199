using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>What an EC2 host by Docker Compose may do in AWS besides what Systems Manager needs.</summary>
public static class HostPolicies
{
    /// <summary>Read these secrets, and nothing else with the keys that encrypt them.</summary>
    /// <param name="region">Region of the secrets.</param>
    /// <param name="secretArns">The secrets.</param>
    /// <param name="keys">ARN pattern of the account's keys.</param>
    /// <remarks>
    /// Secrets Manager decrypts on the caller's behalf, with the secret's ARN as encryption context (Secrets Manager user guide, "Secret encryption and
    /// decryption"; read 2026-11-26).
    /// </remarks>
    public static PolicyDocument Secrets(string region, ImmutableArray<string> secretArns, string keys) => new(
        new PolicyStatement("ReadSecrets", ["secretsmanager:GetSecretValue"]) { Resources = secretArns },
        new PolicyStatement("DecryptSecrets", ["kms:Decrypt"])
        {
            Resources = [keys],
            Conditions =
            [
                new PolicyCondition("StringEquals", "kms:EncryptionContext:SecretARN", secretArns),
                new PolicyCondition("StringEquals", "kms:ViaService", $"secretsmanager.{region}.amazonaws.com"),
            ],
        });
}
