using System.Collections.Immutable;
using Infra.Iam;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Infra.Tower;

/// <summary>One entry of the <c>aws-auth</c> config map of an older EKS cluster; every other entry stays, those of the nodes above all.</summary>
/// <remarks>
/// The list is one text, so it is read, merged and written whole. Destroying the stack leaves the text: giving the field up would take the nodes' entries with
/// it.
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
            (found.Item1 ?? ImmutableDictionary<string, string>.Empty).GetValueOrDefault(key, ""),
            new AwsAuthEntry(args.Kind, AwsAuthEntries.Known(found.Item2), args.UserName, args.Groups)));
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

/// <summary>Who is entered into the <c>aws-auth</c> config map.</summary>
public sealed class AwsAuthMappingArgs : ResourceArgs
{
    /// <summary>ARN of the principal; a role is entered without its path.</summary>
    public required Input<string> PrincipalArn { get; init; }

    public required IamPrincipalKind Kind { get; init; }

    /// <summary>RBAC user.</summary>
    public required string UserName { get; init; }

    /// <summary>RBAC groups.</summary>
    public required ImmutableArray<string> Groups { get; init; }
}

/// <summary>The lists of the <c>aws-auth</c> config map: YAML inside a YAML text.</summary>
public static class AwsAuthEntries
{
    public const string UsersKey = "mapUsers";
    public const string RolesKey = "mapRoles";

    /// <summary>
    /// The ARN by which the config map knows who is there: sessions of a role do not tell its path, those of a user do (EKS user guide, "aws-auth": the ARN
    /// of a role has no path there).
    /// </summary>
    public static string Known(string arn)
    {
        const string role = ":role/";
        var name = arn.IndexOf(role, StringComparison.Ordinal);
        return name < 0 ? arn : $"{arn[..name]}{role}{arn[(arn.LastIndexOf('/') + 1)..]}";
    }

    /// <summary>Adds or replaces one entry; all others keep their order and every key of theirs.</summary>
    /// <param name="list">The text as it is; empty for none.</param>
    /// <param name="entry">The entry.</param>
    public static string Merge(string list, AwsAuthEntry entry)
    {
        var entries = Parse(list);
        var wanted = new YamlMappingNode
        {
            { entry.ArnKey, entry.Arn },
            { "username", entry.UserName },
            { "groups", new YamlSequenceNode(entry.Groups.Select(group => new YamlScalarNode(group))) },
        };
        var present = entries.Children.OfType<YamlMappingNode>().ToList()
            .FindIndex(candidate =>
                candidate.Children.TryGetValue(entry.ArnKey, out var arn) && arn is YamlScalarNode { Value: { } text } && text == entry.Arn);
        if (present < 0)
        {
            entries.Add(wanted);
        }
        else
        {
            entries.Children[present] = wanted;
        }

        // "[]" would otherwise keep its form, and the entry be written into the brackets.
        entries.Style = SequenceStyle.Block;
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(entries)).Save(writer, assignAnchors: false);
        // The writer ends a document with "...", which the reader of the config map does not need and people would wonder about.
        return writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n', '.') + "\n";
    }

    // "- rolearn: arn:aws:iam::123456789012:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n  groups:\n  - system:nodes\n"; "" and "[]" are empty
    // lists.
    private static YamlSequenceNode Parse(string list)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(list));
        }
        catch (YamlException exception)
        {
            throw new FormatException(
                $"The config map kube-system/aws-auth holds a list that is not YAML ({exception.Message}): repair it first, nothing was changed.",
                exception);
        }

        return stream.Documents switch
        {
            [] => [],
            [{ RootNode: YamlSequenceNode entries }] when entries.Children.All(entry => entry is YamlMappingNode) => entries,
            _ => throw new FormatException(
                "The config map kube-system/aws-auth holds something else than a list of entries: repair it first, nothing was changed."),
        };
    }
}

/// <summary>One entry of the <c>aws-auth</c> config map.</summary>
/// <param name="Kind">User or role, which decides the list it stands in.</param>
/// <param name="Arn">ARN of the principal.</param>
/// <param name="UserName">RBAC user.</param>
/// <param name="Groups">RBAC groups.</param>
public sealed record AwsAuthEntry(IamPrincipalKind Kind, string Arn, string UserName, ImmutableArray<string> Groups)
{
    /// <summary>The key of the ARN in the entry.</summary>
    public string ArnKey => Kind is IamPrincipalKind.User ? "userarn" : "rolearn";
}
