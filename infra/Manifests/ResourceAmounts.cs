using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Manifests;

/// <summary>What a container asks for and may take at most; memory is asked for and limited alike, so that it is never evicted for using what it has.</summary>
/// <param name="CpuRequest">Cores it is scheduled with. There is no processor limit: throttling a proxy costs more than it saves.</param>
/// <param name="Memory">Request and limit.</param>
/// <param name="EphemeralStorage">Request and limit of writable layers, logs and emptyDir volumes together.</param>
public sealed record ResourceAmounts(Quantity CpuRequest, Quantity Memory, Quantity EphemeralStorage)
{
    public ResourceRequirementsArgs ToRequirements() => new()
    {
        Requests =
        {
            ["cpu"] = CpuRequest.Text,
            ["memory"] = Memory.Text,
            ["ephemeral-storage"] = EphemeralStorage.Text,
        },
        Limits =
        {
            ["memory"] = Memory.Text,
            ["ephemeral-storage"] = EphemeralStorage.Text,
        },
    };
}
