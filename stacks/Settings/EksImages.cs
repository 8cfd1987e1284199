using System.Text;
using System.Text.RegularExpressions;
using Infra.Clusters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stacks.Settings;

/// <summary>What the machines of a pool and the image they start from need of one another.</summary>
internal static partial class EksImageRules
{
    /// <summary>What EKS or the nodes would refuse.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="version">Kubernetes version of its cluster; null while that is not known.</param>
    /// <param name="at">Where the pool stands.</param>
    public static IEnumerable<SettingsProblem> Broken(EksNodePoolSettings pool, EksVersion? version, SettingPath at) =>
        [.. CheckFamilies(pool, at), .. CheckMachines(pool, at), .. CheckRelease(pool, version, at), .. CheckDisks(pool, at), .. CheckUserData(pool, at)];

    private static IEnumerable<SettingsProblem> CheckFamilies(EksNodePoolSettings pool, SettingPath at)
    {
        if (pool.Families.Select(family => family.IsArm).Distinct().Count() > 1)
        {
            yield return new(
                at[nameof(pool.InstanceTypes)], "mixes x86-64 and Arm, and one node group has one machine image", "instance types of one architecture",
                "make a pool for each", string.Join(", ", pool.InstanceTypes));
        }
        else if (pool.Families.Where(family => family.Obstacle is null).Select(family => family.Accelerator).Distinct().ToArray() is { Length: > 1 } kinds)
        {
            yield return new(
                at[nameof(pool.InstanceTypes)],
                $"mixes machines with {string.Join(" and ", kinds.Select(Words))}, and one node group has one machine image",
                "instance types with the same kind of accelerator, or without",
                "make a pool for each",
                string.Join(", ", pool.InstanceTypes));
        }
    }

    private static IEnumerable<SettingsProblem> CheckMachines(EksNodePoolSettings pool, SettingPath at)
    {
        foreach (var (index, type) in pool.InstanceTypes.Index())
        {
            var family = InstanceFamily.Of(type);
            if (family.Obstacle is { } obstacle && pool.Image is null)
            {
                yield return new(
                    at[nameof(pool.InstanceTypes)][index],
                    $"has {obstacle}, and EKS has no image of nodes with a driver for them",
                    $"machines without accelerators, or of {string.Join(", ", Drivers(pool.OperatingSystem))}",
                    "for example g6.xlarge, or image: <an image of your own that has the driver>",
                    type);
            }
            else if (pool is { OperatingSystem: NodeSystem.Bottlerocket, Image: null } && !HasBottlerocket(family))
            {
                yield return new(
                    at[nameof(pool.InstanceTypes)][index],
                    "has GPUs for which Bottlerocket has no image, and Amazon Linux has one",
                    $"machines without accelerators, or of {string.Join(", ", Drivers(pool.OperatingSystem))}",
                    "operatingSystem: amazonLinux2023",
                    type);
            }
            else if (family is { IsKnown: false, Obstacle: null })
            {
                yield return SettingsProblem.Warning(
                    at[nameof(pool.InstanceTypes)][index],
                    $"is of a family that this program does not know; by its name it is {(family.IsArm ? "Arm" : "x86-64")} without accelerators",
                    "a family of infra/Clusters/instance-families.txt",
                    "check the spelling, or add the family to the table",
                    type);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckRelease(EksNodePoolSettings pool, EksVersion? version, SettingPath at)
    {
        if (pool.Release is not { } release)
        {
            yield break;
        }

        if (pool.Image is not null)
        {
            yield return new(
                at[nameof(pool.Release)], "is given beside image, and an image of your own is its own release", "release or image",
                "remove release, or image", release);
        }
        else if (version is not null && !pool.NodeImage.IsRelease(release, version))
        {
            yield return new(
                at[nameof(pool.Release)],
                $"is no release of {pool.NodeImage.AmiType} for Kubernetes {version.Name}",
                $"a release as in {pool.NodeImage.ExampleRelease(version)}",
                $"aws ssm get-parameter --name {pool.NodeImage.ReleaseParameter(version)} shows the newest",
                release);
        }
    }

    private static IEnumerable<SettingsProblem> CheckDisks(EksNodePoolSettings pool, SettingPath at)
    {
        if (!pool.LocalDisks)
        {
            yield break;
        }

        if (pool.OperatingSystem is NodeSystem.Bottlerocket)
        {
            yield return new(
                at[nameof(pool.LocalDisks)], "is a setting of Amazon Linux, and Bottlerocket has another way to it", "false with operatingSystem: bottlerocket",
                "write settings.bootstrap-commands with apiclient ephemeral-storage into userData", "true");
        }
        else if (pool.InstanceTypes.FirstOrDefault(type => !InstanceFamily.Of(type).HasLocalDisks) is { } without)
        {
            yield return new(
                at[nameof(pool.LocalDisks)], $"asks for disks that {without} is not known to have", "true where every instance type has disks of its own",
                "for example instanceTypes: [m7gd.xlarge], or remove localDisks", "true");
        }
    }

    private static IEnumerable<SettingsProblem> CheckUserData(EksNodePoolSettings pool, SettingPath at)
    {
        var place = at[nameof(pool.UserData)];
        var bottlerocket = pool.OperatingSystem is NodeSystem.Bottlerocket;
        if (bottlerocket && pool.UserData.Length > 1)
        {
            yield return new(place, "has several texts, and Bottlerocket reads one", "one text of TOML", "join them", $"{pool.UserData.Length}");
        }

        foreach (var (index, part) in pool.UserData.Index())
        {
            if ((bottlerocket ? TomlProblem(part, pool) : PartProblem(part)) is { } what)
            {
                yield return new(
                    place[index],
                    what,
                    bottlerocket
                        ? "tables of Bottlerocket's settings in TOML"
                        : "a NodeConfig (apiVersion: node.eks.aws/v1alpha1), a script that starts with #!, or a text that starts with #cloud-config",
                    bottlerocket ? "for example [settings.kernel.sysctl]" : "for example a part that starts with #!/bin/bash",
                    part.Split('\n')[0]);
            }
        }

        var bytes = pool.UserData.Sum(Encoding.UTF8.GetByteCount);
        if (bytes > EksUserData.MostBytes - Reserve)
        {
            yield return new(
                place, "is longer than EC2 takes", $"at most {EksUserData.MostBytes - Reserve} bytes in all", "fetch what is long from S3 in a script",
                $"{bytes} bytes");
        }
    }

    // What this program and EKS write beside the operator's texts: certificate, labels, taints.
    private const int Reserve = 4096;

    private static string? PartProblem(string part)
    {
        if (part.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || part.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
        {
            return "is a whole MIME document, which this program writes around the parts";
        }

        return EksUserData.TypeOf(part) switch
        {
            null => "is nothing that a node reads when it starts",
            "application/node.eks.aws" => NodeConfigProblem(part),
            _ => null,
        };
    }

    private static string? NodeConfigProblem(string part)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(part));
        }
        catch (YamlException)
        {
            return "is not YAML";
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            && root.Children.TryGetValue("kind", out var kind) && kind is YamlScalarNode { Value: "NodeConfig" }
            && root.Children.TryGetValue("apiVersion", out var version) && version is YamlScalarNode { Value: { } api }
            && api.StartsWith("node.eks.aws/", StringComparison.Ordinal)
            ? null
            : "is no NodeConfig of nodeadm";
    }

    private static string? TomlProblem(string text, EksNodePoolSettings pool)
    {
        if (!Settings().IsMatch(text))
        {
            return "holds no table of Bottlerocket's settings";
        }

        var written = EksUserData.TablesOf(new EksNodePool("", []) { Image = pool.NodeImage, ImageId = pool.Image });
        return Tables().Matches(text).Select(table => table.Groups["name"].Value).FirstOrDefault(written.Contains) is { } twice
            ? $"opens the table {twice}, which this program writes itself, and TOML has each once"
            : null;
    }

    private static bool HasBottlerocket(InstanceFamily family) =>
        family is (not { IsArm: true, Accelerator: Accelerator.Nvidia }) or { Name: ArmGpusOfBottlerocket };

    private static IEnumerable<string> Drivers(NodeSystem system) => InstanceFamily.All
        .Where(family => family.Accelerator is Accelerator.Nvidia or Accelerator.Neuron && (system is NodeSystem.AmazonLinux2023 || HasBottlerocket(family)))
        .Select(family => family.Name)
        .Order(StringComparer.Ordinal);

    // EKS user guide, "Use EKS-optimized accelerated AMIs for GPU instances": the only family in the row of Bottlerocket's image for Arm with GPUs.
    private const string ArmGpusOfBottlerocket = "g5g";

    private static string Words(Accelerator accelerator) => accelerator switch
    {
        Accelerator.Nvidia => "NVIDIA GPUs",
        Accelerator.Neuron => "Neuron devices",
        _ => "no accelerators",
    };

    // "[settings.kernel.sysctl]"
    [GeneratedRegex(@"^[ \t]*\[(?<name>settings(\.[A-Za-z0-9_-]+)*)\]", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Tables();

    // "[settings.ntp]", "[settings]" or "settings.ntp.time-servers = []"
    [GeneratedRegex(@"^[ \t]*\[?settings[.\]]", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Settings();
}
