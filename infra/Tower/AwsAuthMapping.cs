using System.Collections.Immutable;
using Infra.Iam;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>One entry of the <c>aws-auth</c> config map of an older EKS cluster; every other entry stays, those of the nodes above all.</summary>
/// <remarks>
/// The list is one text, so it is read, merged and written whole. Destroying the stack leaves the text: giving the field up would take the nodes' entries with it.
/// </remarks>
public sealed class AwsAuthMapping : ComponentResource
{
    private const string Token = "platform:tower:AwsAuthMapping";
    private const string SystemNamespace = "kube-system";
    private const string MapName = "aws-auth";

    public AwsAuthMapping(string name, AwsAuthMappingArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var key = args.Kind is IamPrincipalKind.User ? AwsAuthEntries.UsersKey : AwsAuthEntries.RolesKey;
        var present = ConfigMap.Get($"{name}-present", $"{SystemNamespace}/{MapName}", new CustomResourceOptions { Parent = this }).Data;
        var merged = Output.Tuple(present, args.PrincipalArn.ToOutput()).Apply(found => AwsAuthEntries.Merge(
            (found.Item1 ?? ImmutableDictionary<string, string>.Empty).GetValueOrDefault(key, ""), new AwsAuthEntry(args.Kind, found.Item2, args.UserName, args.Groups)));
        new ConfigMapPatch(
            $"{name}-patch",
            new ConfigMapPatchArgs
            {
                Metadata = new ObjectMetaPatchArgs
                {
                    Name = MapName,
                    Namespace = SystemNamespace,
                    // The text has an owner already, EKS or an operator; the merged one holds everything of theirs.
                    Annotations = { ["pulumi.com/patchForce"] = "true" },
                },
                Data = { [key] = merged },
            },
            new CustomResourceOptions { Parent = this, RetainOnDelete = true });
        RegisterOutputs();
    }
}
