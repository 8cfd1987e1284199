using Rehearsal;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Operate.Doctor;

/// <summary>What one stack needs of a machine from which it is deployed.</summary>
/// <param name="Stack">Its name.</param>
/// <param name="Aws">Something in it stands in AWS.</param>
/// <param name="Google">Something in it stands in Google Cloud.</param>
/// <param name="Kubernetes">Something in it runs on Kubernetes.</param>
/// <param name="Images">It describes images that somebody builds.</param>
public sealed record StackNeeds(string Stack, bool Aws, bool Google, bool Kubernetes, bool Images)
{
    /// <summary>The kubeconfig of this machine that reaches the cluster has this context; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the cluster exists and is reached by the kubeconfig of this machine.</summary>
    public bool OwnKubeconfig { get; init; }

    /// <summary>Whether the stack's file has secrets that a passphrase seals.</summary>
    public bool Sealed { get; init; }

    /// <summary>Reads a stack's file.</summary>
    /// <exception cref="BadInputException">The file is not valid.</exception>
    public static StackNeeds Read(ProjectFile project, string stack, StackFile file)
    {
        // What opens secrets is not asked for them: none decides what a stack needs
        var config = StackConfig.Read(project, stack, file, (_, _) => null);
        var read = SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys), DateOnly.FromDateTime(DateTime.UtcNow));
        if (!read.Problems.IsEmpty)
        {
            throw new BadInputException(
                $"{Terminal.OneLine(file.Path ?? stack)} is not valid, so what the stack needs is not known: {read.Problems[0]}",
                $"See all of it: ./platform config {stack} --check");
        }
        var settings = read.Settings;
        var existing = settings.Cluster as ExistingClusterSettings;
        return new StackNeeds(stack, settings.UsesAws, settings.UsesGoogle, settings.Cluster is not null, settings.CodeStudios is not null)
        {
            Context = existing is { Kubeconfig: null } ? existing.Context : null,
            OwnKubeconfig = existing is { Kubeconfig: null },
            Sealed = file.HasSealedValues && file.SecretsProvider is null or "passphrase" && file.EncryptionSalt is not null,
        };
    }
}
