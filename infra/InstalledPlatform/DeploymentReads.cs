using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.InstalledPlatform;

/// <summary>Hashes of exactly what backend and cron read of the things that Studios brings.</summary>
internal static class DeploymentReads
{
    public static (Output<string> Backend, Output<string> Cron) For(StudiosPatchArgs args, ImmutableSortedDictionary<string, string> variables, string? towerYaml)
    {
        var both = towerYaml is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary.CreateRange([KeyValuePair.Create(TowerYaml.FileName, towerYaml)]);
        var key = args.SigningKey.Version.Apply(version => both.Add("signing-key", version));
        var configMap = (args.SshFingerprint ?? Output.Create("")).Apply(fingerprint =>
            variables.ToImmutableDictionary().Add(PlatformStudios.FingerprintVariable, fingerprint));
        var backend = Output.Tuple(key, configMap, args.RegistrationToken.Version).Apply(reads =>
            ConfigHash.Of(reads.Item1.AddRange(reads.Item2).Add("registration-token", reads.Item3)));
        var cron = args.Layout.CronReadsBackendConfigMap
            ? Output.Tuple(key, configMap).Apply(reads => ConfigHash.Of(reads.Item1.AddRange(reads.Item2)))
            : key.Apply(reads => ConfigHash.Of(reads));
        return (backend, cron);
    }
}
