using System.Text.RegularExpressions;

namespace Infra.Clusters;

/// <summary>The machine image that the nodes of a pool start from: one of EKS, or an own one that was built from it.</summary>
/// <param name="System">Operating system.</param>
/// <param name="IsArm">Whether it is made for Arm.</param>
/// <param name="Accelerator">What it has drivers for.</param>
public sealed partial record EksNodeImage(NodeSystem System, bool IsArm, Accelerator Accelerator)
{
    private const string RootDevice = "/dev/xvda";

    // Bottlerocket: "/dev/xvda" holds the system, and images and volumes lie here (EKS user guide, "Bottlerocket", disks).
    private const string BottlerocketData = "/dev/xvdb";

    /// <summary>Name of the type in the EKS API (API reference, Nodegroup, amiType).</summary>
    public string AmiType => (System, Accelerator) switch
    {
        (NodeSystem.Bottlerocket, Accelerator.Nvidia) => $"BOTTLEROCKET_{Processor}_NVIDIA",
        // Its standard image finds Neuron devices by itself.
        (NodeSystem.Bottlerocket, _) => $"BOTTLEROCKET_{Processor}",
        (_, Accelerator.Nvidia) => $"AL2023_{Processor}_NVIDIA",
        (_, Accelerator.Neuron) => $"AL2023_{Processor}_NEURON",
        _ => $"AL2023_{Processor}_STANDARD",
    };

    /// <summary>The disk of images, logs and emptyDir volumes.</summary>
    public string DataDevice => System is NodeSystem.Bottlerocket ? BottlerocketData : RootDevice;

    /// <summary>The disk of the system, where it is another one.</summary>
    public string? SystemDevice => System is NodeSystem.Bottlerocket ? RootDevice : null;

    /// <summary>Whether the image runs the device plugin of its GPUs itself (EKS user guide, "EKS Bottlerocket NVIDIA AMIs").</summary>
    public bool BringsDevicePlugin => (System, Accelerator) is (NodeSystem.Bottlerocket, Accelerator.Nvidia);

    /// <summary>Where AWS publishes the newest release (EKS user guide, "Retrieve recommended Amazon Linux AMI IDs" and "… Bottlerocket AMI IDs").</summary>
    /// <param name="version">Kubernetes version of the nodes.</param>
    public string ReleaseParameter(EksVersion version)
    {
        var processor = IsArm ? "arm64" : "x86_64";
        return System is NodeSystem.Bottlerocket
            ? $"/aws/service/bottlerocket/aws-k8s-{version.Name}{(Accelerator is Accelerator.Nvidia ? "-nvidia" : "")}/{processor}/latest/image_version"
            : $"/aws/service/eks/optimized-ami/{version.Name}/amazon-linux-2023/{processor}/{Variant}/recommended/release_version";
    }

    /// <summary>Whether a text is the release of such an image for a Kubernetes version.</summary>
    public bool IsRelease(string text, EksVersion version) => System is NodeSystem.Bottlerocket
        ? BottlerocketRelease().IsMatch(text)
        : AmazonLinuxRelease().IsMatch(text) && text.StartsWith($"{version.Name}.", StringComparison.Ordinal);

    /// <summary>A release of the form that <see cref="IsRelease"/> takes.</summary>
    public string ExampleRelease(EksVersion version) => System is NodeSystem.Bottlerocket ? "1.55.0-d93bb1b1" : $"{version.Name}.6-20260728";

    private string Processor => IsArm ? "ARM_64" : "x86_64";

    private string Variant => Accelerator switch
    {
        Accelerator.Nvidia => "nvidia",
        Accelerator.Neuron => "neuron",
        _ => "standard",
    };

    // "1.35.6-20260728": the kubelet's version and the day.
    [GeneratedRegex(@"\A1\.[0-9]{2}\.[0-9]{1,2}-20[0-9]{6}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmazonLinuxRelease();

    // "1.55.0-d93bb1b1": Bottlerocket's own version and the commit.
    [GeneratedRegex(@"\A1\.[0-9]{1,3}\.[0-9]{1,2}-[0-9a-f]{8}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BottlerocketRelease();
}

/// <summary>Operating system of nodes.</summary>
public enum NodeSystem
{
    /// <summary>Amazon Linux 2023, the only Linux of Amazon that EKS still builds from Kubernetes 1.33 on.</summary>
    AmazonLinux2023,

    /// <summary>Bottlerocket: a system without shell and package manager, changed through its API only.</summary>
    Bottlerocket,
}
