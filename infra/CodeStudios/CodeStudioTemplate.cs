using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.CodeStudios;

/// <summary>A Code Studio template: an ordered list of blocks, and what DSS says of the whole.</summary>
public sealed record CodeStudioTemplate
{
    public const string DefaultIcon = "icon-code";
    public const bool DefaultIsEditor = true;
    public const bool DefaultAllowContainerConfOverride = true;
    public const bool DefaultAllContainerConfs = true;
    public const bool DefaultInheritGlobalCodeEnvsExtraSettings = true;

    /// <summary>What people read.</summary>
    public string Label { get; init; } = "";

    /// <summary>One sentence about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its icon in DSS.</summary>
    public string Icon { get; init; } = DefaultIcon;

    /// <summary>Words to find it by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>What the image starts from: Debian 12, or an image made from it.</summary>
    public ImageReference BaseImage { get; init; } = CodeStudioPins.BaseImage;

    /// <summary>Who may make Code Studios of it; null for administrators only.</summary>
    public StudioPermissions? Permissions { get; init; }

    /// <summary>What package managers are told besides.</summary>
    public PackageOptions Options { get; init; } = PackageOptions.None;

    /// <summary>The blocks, in the order in which they are applied.</summary>
    public ImmutableArray<CodeStudioBlock> Blocks { get; init; } = [];

    /// <summary>Applies the blocks one after the other.</summary>
    public CodeStudioPlan Build()
    {
        var state = CodeStudioState.Empty with { Options = Options };
        var problems = ImmutableArray.CreateBuilder<BlockProblem>();
        problems.AddRange(CheckOptions().Select(fault => new BlockProblem(null, "", fault)));
        for (var position = 0; position < Blocks.Length; position++)
        {
            var block = Blocks[position];
            problems.AddRange(CheckPlace(position).Concat(block.Check(state)).Select(fault => new BlockProblem(position, block.Kind, fault)));
            state = block.Apply(state);
        }

        problems.AddRange(CheckWhole(state));
        return new CodeStudioPlan(state, problems.ToImmutable());
    }

    private IEnumerable<BlockFault> CheckPlace(int position)
    {
        var block = Blocks[position];
        if (block is FileSynchronization && position != 0)
        {
            yield return new(
                "", "is not the first block, and brings what every other one builds upon", $"one {FileSynchronization.KindName}, as blocks[0]",
                "move it to the top");
        }

        if (block.IsUnique && Blocks[..position].Any(earlier => earlier.Kind == block.Kind))
        {
            yield return new("", "is in the template twice", "one block of this kind", "remove one of the two");
        }
    }

    private IEnumerable<BlockFault> CheckOptions()
    {
        foreach (var (field, options) in new[] { ("pipOptions", Options.Pip), ("venvOptions", Options.Venv) })
        {
            for (var index = 0; index < options.Length; index++)
            {
                if (!options[index].StartsWith('-') || options[index].Any(char.IsControl))
                {
                    yield return new(
                        $"{field}[{BlockChecks.Text(index)}]", "is no option", "one option that starts with -", "for example --prefer-binary", options[index]);
                }
                else if (options[index].Contains("://", StringComparison.Ordinal) && options[index].Contains('@', StringComparison.Ordinal))
                {
                    yield return new(
                        $"{field}[{BlockChecks.Text(index)}]", "names a user in an address, and with it a secret in a layer of the image",
                        "an address without a user",
                        "mount pip.conf while building (RUN --mount=type=secret,…)", "…");
                }
            }
        }
    }

    private IEnumerable<BlockProblem> CheckWhole(CodeStudioState state)
    {
        foreach (var kind in new[] { FileSynchronization.KindName, KubernetesParameters.KindName }.Where(kind => Blocks.All(block => block.Kind != kind)))
        {
            yield return new(
                null, "", new("blocks", $"have no {kind}", $"exactly one {kind}",
                    kind == FileSynchronization.KindName ? $"begin with {kind}: {{}}" : $"add {kind}: {{}}"));
        }

        if (!Blocks.Any(block => block.IsLaunched))
        {
            yield return new(null, "", new(
                "blocks", "bring nothing that could be started", "an editor, a framework, or an entrypoint with a command",
                "add a block, for example jupyterLab: {}"));
        }

        var position = Blocks.ToList().FindIndex(block => block is KubernetesParameters);
        if (position >= 0)
        {
            foreach (var fault in CheckReadiness(state, ((KubernetesParameters)Blocks[position]).ReadinessProbeUrl))
            {
                yield return new(position, KubernetesParameters.KindName, fault);
            }
        }
    }

    private static IEnumerable<BlockFault> CheckReadiness(CodeStudioState state, string given)
    {
        var (readiness, ports) = (state.Readiness, state.Ports);
        if (readiness.Tcp && ports.IsEmpty)
        {
            yield return new(
                "useTcpReadiness", "asks the first exposed port, and no block exposes one", "false, or a template with an exposed port",
                "give an entrypoint its exposedPort", "true");
        }

        if (!readiness.Tcp && !state.WebappProcesses.IsEmpty)
        {
            yield return new(
                "useTcpReadiness", "leaves webapps to a probe by HTTP, whose address differs from pod to pod", "true beside a block with useInWebapps",
                "useTcpReadiness: true, or useInWebapps: false in every block", "false");
        }

        if (readiness.Url.Length == 0)
        {
            yield return new(
                "readinessProbeUrl", "is missing, and no block of an editor or framework brings one", "an address of the pod",
                ports.IsEmpty ? "for example http://localhost:8888/" : $"for example http://localhost:{BlockChecks.Text(ports[0].Port)}/");
        }
        else if (!readiness.Tcp && given.Length > 0 && !given.Contains("${baseUrl", StringComparison.Ordinal) && ports
            .FirstOrDefault(port => port.IsPrefixBound) is { } bound)
        {
            yield return new(
                "readinessProbeUrl", $"lacks the prefix, below which alone the server of port {BlockChecks.Text(bound.Port)} answers",
                "an address with ${baseUrl} or ${baseUrlPort<port>}",
                $"for example http://localhost:{BlockChecks.Text(bound.Port)}${{baseUrlPort{BlockChecks.Text(bound.Port)}}}/", given);
        }
    }
}

/// <summary>What the blocks of a template have made, and what is wrong with them.</summary>
/// <param name="State">The state after the last block.</param>
/// <param name="Problems">Every problem; a template without any can be built.</param>
public sealed record CodeStudioPlan(CodeStudioState State, ImmutableArray<BlockProblem> Problems)
{
    /// <summary>What is wrong with deploying the template as a webapp; null for nothing.</summary>
    public BlockFault? WebappFault => State.WebappProcesses.Any(process => State.WebappPorts.Any(port => process.Port == port.Port))
        ? null
        : new("blocks", "have no entrypoint with useInWebapps and an exposed port, so that a webapp would start nothing",
            "one block with useInWebapps: true and a port", "set useInWebapps: true in the block of the server");
}

/// <summary>Who may use a template: everyone, or groups; never both.</summary>
/// <param name="Everyone">Whether all who are signed in may.</param>
/// <param name="Groups">The groups that may.</param>
public sealed record StudioPermissions(bool Everyone, ImmutableArray<string> Groups);
