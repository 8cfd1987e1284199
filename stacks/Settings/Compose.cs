using System.Collections.Immutable;
using System.Globalization;
using Infra.Compose;
using Infra.Dns;
using Infra.InstalledPlatform;
using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;
using Stacks.Wiring;

namespace Stacks.Settings;

/// <summary>Data Studios beside a Seqera Platform that runs by Docker Compose.</summary>
public sealed record ComposeSettings : IChecked
{
    [Setting("The Seqera Platform that Data Studios belongs to.")]
    public required ComposePlatformSettings Platform { get; init; }

    [Setting("Address of connect-proxy, one label below the Platform's host: https://connect.example.com with https://example.com. Sessions live beside it.")]
    public required HttpsUrl ConnectUrl { get; init; }

    [Setting("Workspaces that have Data Studios: all, [] for none, or a list of numeric ids.", Example = "[12345, 67890]")]
    public AllowList AllowedWorkspaces { get; init; } = AllowList.Everyone;

    [Setting("Offer the vendor's templates of this Platform version.")]
    public bool DefaultTemplates { get; init; } = true;

    [Setting("Further templates by key; one with the key of a vendor's template replaces it.")]
    [Entry(Form.TemplateKey)]
    public ImmutableSortedDictionary<string, StudioTemplateSettings> Templates { get; init; } = ImmutableSortedDictionary<string, StudioTemplateSettings>.Empty;

    [Setting(
        "Registry, with a path if need be, that holds the vendor's images instead of the vendor's own.",
        Absent = "cr.seqera.io",
        Example = "registry.example.com/seqera")]
    [Form(Form.ImageRegistry)]
    public string? ImageRegistry { get; init; }

    [Setting("The token with which connect-proxy registers itself, where this stack makes the host; ./platform compose has --renew.")]
    public RegistrationTokenSettings RegistrationToken { get; init; } = new();

    [Setting("The key with which the Platform signs OIDC tokens; its rotation is for the host that this stack makes, ./platform compose has --renew.")]
    public SigningKeySettings SigningKey { get; init; } = new();

    [Setting("Port of the host for the Platform's frontend.")]
    [Range(1024, 65535)]
    public int FrontendPort { get; init; } = ComposePorts.Frontend;

    [Setting("The host, if this stack makes it.", Absent = "another one, for which ./platform compose writes the files")]
    public ComposeHostSettings? Host { get; init; }

    /// <summary>The same as the program takes it; of settings whose Platform version has Data Studios by Docker Compose.</summary>
    public ComposeStudios Studios
    {
        get
        {
            var matrix = VersionMatrix.Current;
            var release = matrix.Release(Platform.Version)!;
            var (connect, images) = (release.Connect.ToString(), matrix.Images[release.Images]);
            IEnumerable<StudioTemplate> vendors = DefaultTemplates ? TemplateCatalog.Defaults(matrix, release) : [];
            return new(
                new PlatformStudios(
                    Platform.Version,
                    StudiosAddress.Plan(Platform.Url.Origin, ConnectUrl.Origin, pathRouting: false, Platform.Url.Host.Wildcard()),
                    StudiosPlatformWiring.Access(AllowedWorkspaces),
                    TemplateCatalog.Merge(vendors, Templates.Select(entry => StudiosChoices.TemplateFor(entry.Key, entry.Value)))),
                new ImageReference(images.Registry, images.Proxy, connect).From(ImageRegistry),
                new ImageReference(images.Registry, images.Server, connect).From(ImageRegistry));
        }
    }

    /// <summary>The hosts of Platform, connect-proxy and sessions, and further ones of the Platform.</summary>
    public PlatformHosts HostsWith(ImmutableArray<DomainName> extra) =>
        new(Platform.Url.Host, ConnectUrl.Host, new SessionRouting.Subdomain(Platform.Url.Host.Wildcard()), extra);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. CheckVersion(at),
        .. CheckConnectUrl(at),
        .. CheckTemplates(at),
        .. CheckPorts(at),
        .. CheckRotations(at),
        .. CheckStudios(platform, at),
    ];

    private IEnumerable<SettingsProblem> CheckVersion(SettingPath at)
    {
        if (!ComposeStudios.Knows(Platform.Version))
        {
            var older = Platform.Version < VersionMatrix.Current.Oldest;
            yield return new(
                at[nameof(Platform)][nameof(Platform.Version)],
                older ? "cannot run Data Studios" : "is newer than the guide that this program follows for Docker Compose",
                ComposeStudios.Supported,
                older ? $"upgrade the Platform to {VersionMatrix.Current.Oldest} first" : "run Studios on Kubernetes: describe platform:studios",
                Platform.Version.ToString());
        }
    }

    // One wildcard certificate covers the Platform's host and one label below it.
    private IEnumerable<SettingsProblem> CheckConnectUrl(SettingPath at)
    {
        var (connect, platform) = (ConnectUrl.Host, Platform.Url.Host);
        if (connect.Labels.Count != platform.Labels.Count + 1 || !connect.IsSubdomainOf(platform))
        {
            yield return new(
                at[nameof(ConnectUrl)], $"is not one label below {platform}, so that the Platform's wildcard covers neither it nor the sessions",
                $"https://<one label>.{platform}", $"for example connectUrl: https://connect.{platform}", $"{ConnectUrl}");
        }
    }

    private IEnumerable<SettingsProblem> CheckTemplates(SettingPath at)
    {
        foreach (var (key, template) in Templates)
        {
            var here = at[nameof(Templates)].Entry(key);
            if (key.Contains('-', StringComparison.Ordinal))
            {
                yield return new(
                    here, "has a hyphen, and a variable of that name cannot stand in an env file that a shell reads", "upper-case letters and digits",
                    $"call it {key.Replace("-", "", StringComparison.Ordinal)}", key);
            }

            foreach (var problem in StudiosTemplateRules.CheckTool(template, withTool: false, Platform.Version, here))
            {
                yield return problem;
            }
        }

        if (!DefaultTemplates && Templates.IsEmpty)
        {
            yield return SettingsProblem.Warning(
                at[nameof(DefaultTemplates)], "is false, and there are no templates: nobody can start a session", "true, or templates beside it",
                "remove defaultTemplates, or add templates", "false");
        }
    }

    private IEnumerable<SettingsProblem> CheckPorts(SettingPath at)
    {
        (int Port, string Owner)[] owned = [(ComposePorts.Proxy, "connect-proxy"), (ComposePorts.Tunnel, "connect-server")];
        foreach (var (port, owner) in owned.Where(owned => owned.Port == FrontendPort))
        {
            yield return new(
                at[nameof(FrontendPort)], $"is the port of {owner} on the same host", $"1024 to 65535, without {ComposePorts.Tunnel} and {ComposePorts.Proxy}",
                $"frontendPort: {ComposePorts.Frontend}", port.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<SettingsProblem> CheckRotations(SettingPath at)
    {
        if (Host is not null)
        {
            yield break;
        }

        (string Key, int Rotation, string Word)[] rotations =
            [(nameof(RegistrationToken), RegistrationToken.Rotation, "token"), (nameof(SigningKey), SigningKey.Rotation, "signing-key")];
        foreach (var (key, rotation, word) in rotations.Where(secret => secret.Rotation != 1))
        {
            yield return new(
                at[key]["rotation"], "is for the host that this stack makes, and it makes none", "1 without host",
                $"remove it, and run ./platform compose with --renew {word}", rotation.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<SettingsProblem> CheckStudios(PlatformSettings platform, SettingPath at)
    {
        if (platform.Studios is not null)
        {
            yield return new(
                at, $"describes a second Platform with Studios, beside {At.Studios}", "compose or studios in one stack",
                $"move one of them into a stack of its own, or remove {at}");
        }
    }
}

/// <summary>The Seqera Platform of a host by Docker Compose.</summary>
public sealed record ComposePlatformSettings
{
    [Setting("Its address, exactly as TOWER_SERVER_URL has it.", Example = "https://example.com")]
    public required HttpsUrl Url { get; init; }

    [Setting("Its version, 24.1.4 to 24.2. Decides which connect-proxy and connect-server run and which templates are offered.", Example = "24.1.4")]
    public required SemanticVersion Version { get; init; }
}
