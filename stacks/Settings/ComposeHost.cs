using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Compose;
using Infra.Versions;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A host of this stack's own in EC2, with a load balancer before it.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Dns))]
public sealed record ComposeHostSettings : IChecked
{
    [Setting("The VPC. Host and data stand in the zone of its first private subnet for good.")]
    public EksNetworkSettings Network { get; init; } = new CreatedNetworkSettings();

    [Setting("Instance type of EC2 with x86-64 processors, for which the vendor's images are made, on Nitro. Another one stops and starts the host.")]
    [Form(Form.Ec2InstanceType)]
    public string InstanceType { get; init; } = ComposeHostArgs.DefaultInstanceType;

    [Setting(
        "Image of Amazon Linux 2023 with the agent of Systems Manager. Another one makes the host anew; the data volume is attached to the new one.",
        Absent = "the newest when the host is made",
        Example = "ami-0123456789abcdef0")]
    [Form(Form.Ec2Image)]
    public string? Image { get; init; }

    [Setting("Size of the disk of system and images in GiB.")]
    [Range(20, 1000)]
    public int RootGiB { get; init; } = ComposeHostArgs.DefaultRootGiB;

    [Setting("Size of the disk of MySQL, Redis and the files in GiB. It can grow.")]
    [Range(20, 16000)]
    public int DataGiB { get; init; } = ComposeHostArgs.DefaultDataGiB;

    [Setting("Sender and contact of the Platform, TOWER_CONTACT_EMAIL.")]
    [Form(Form.EmailAddress)]
    public required string ContactEmail { get; init; }

    [Setting(
        "ARN of a secret in Secrets Manager that you keep, in the region of the stack: a JSON object with registryUser and registryPassword for the images, "
        + "and the variables of secretVariables.",
        Example = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:seqera-platform-AbCdEf")]
    [Form(Form.SecretArn)]
    public required string Secret { get; init; }

    [Setting("Variables of the Platform that the host takes from that secret.", Example = "[TOWER_LICENSE, TOWER_SMTP_PASSWORD]")]
    [Form(Form.EnvironmentVariable)]
    public ImmutableArray<string> SecretVariables { get; init; } = ["TOWER_LICENSE"];

    [Setting("Further variables of the Platform that are no secret.", Example = "{ TOWER_SMTP_HOST: email-smtp.eu-west-1.amazonaws.com }")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("The release of the Docker Compose plugin that the host installs.", Absent = "the one that this program was tried with")]
    public ComposePluginSettings? Plugin { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        [.. CheckMachine(at), .. CheckSecret(platform, at), .. CheckVariables(platform, at), .. CheckDomain(platform, at)];

    private IEnumerable<SettingsProblem> CheckMachine(SettingPath at)
    {
        if (InstanceFamily.Of(InstanceType).IsArm)
        {
            yield return new(
                at[nameof(InstanceType)], "has Arm processors, and the vendor's images are made for x86-64", "an instance type with x86-64 processors",
                $"instanceType: {ComposeHostArgs.DefaultInstanceType}", InstanceType);
        }
    }

    private IEnumerable<SettingsProblem> CheckSecret(PlatformSettings platform, SettingPath at)
    {
        var parts = Secret.Split(':');
        if (platform.Aws is not { } aws)
        {
            yield break;
        }

        if (parts[3] != aws.Region.Name)
        {
            yield return new(
                at[nameof(Secret)], $"is in another region than the host, which stands in {aws.Region}", $"a secret in {aws.Region}",
                $"aws secretsmanager create-secret --region {aws.Region} --name seqera-platform", Secret);
        }

        if (!aws.AccountIds.IsEmpty && !aws.AccountIds.Contains(parts[4]))
        {
            yield return new(
                at[nameof(Secret)], "is in another account, whose secrets the host's role cannot read", $"a secret of {string.Join(" or ", aws.AccountIds)}",
                "make the secret in the account of the stack", Secret);
        }
    }

    private IEnumerable<SettingsProblem> CheckVariables(PlatformSettings platform, SettingPath at)
    {
        var reserved = platform.Compose is { } compose && ComposeStudios.Knows(compose.Platform.Version) ? HostVariables.Reserved(compose.Studios) : [];
        foreach (var (name, value) in Variables)
        {
            var here = at[nameof(Variables)].Entry(name);
            if (SecretVariables.Contains(name))
            {
                yield return new(here, "is taken from the secret as well", "variables or secretVariables", "remove it from variables", SettingsProblem.Hidden);
            }
            else if (SecretVariableRules.IsSecret(name))
            {
                yield return new(
                    here, "has the name of a secret and a plain value, which everybody reads who may read the SSM document", "a name under secretVariables",
                    $"put it into the secret, and write secretVariables: [{string.Join(", ", SecretVariables.Add(name))}]", SettingsProblem.Hidden);
            }
            else if (EnvText.Problem(value) is { } problem)
            {
                yield return new(here, problem, "a text that Docker Compose and a shell read alike", "write it otherwise, or put it into the secret", value);
            }
            else if (HostScript.Problem(value) is { } other)
            {
                yield return new(here, other, "a text without it", "write it otherwise, or put it into the secret", value);
            }
        }

        (string Key, IEnumerable<string> Names)[] given = [(nameof(Variables), Variables.Keys), (nameof(SecretVariables), SecretVariables)];
        foreach (var (key, name) in given.SelectMany(setting => setting.Names.Where(reserved.Contains).Select(name => (setting.Key, name))))
        {
            yield return new(
                at[key].Entry(name), "is set by this program itself", "a variable that no setting stands for",
                $"remove {name} and change the setting behind it");
        }
    }

    private static IEnumerable<SettingsProblem> CheckDomain(PlatformSettings platform, SettingPath at)
    {
        if (platform.Dns is CloudDnsSettings)
        {
            yield return new(
                at, $"stands in AWS, and {At.Dns} describes a zone of Google Cloud, which gives its load balancer no certificate", "dns: { route53: … }",
                "describe platform:dns.route53; a zone elsewhere can delegate one to it");
        }

        if (platform.Dns is not Route53Settings route53)
        {
            yield break;
        }

        var here = At.Dns["route53"];
        if (route53.LoadBalancer is LoadBalancerOwner.Ingress)
        {
            yield return new(
                here[nameof(route53.LoadBalancer)], $"leaves the load balancer to Ingresses, and {at} has none", "stack", "remove loadBalancer", "ingress");
        }

        if (route53.PlatformService is not null)
        {
            yield return new(
                here[nameof(route53.PlatformService)], $"is a Service of a cluster, and the Platform runs on {at}", $"absent beside {at}",
                "remove platformService");
        }

        if (platform.Compose is { Platform.Url: { Origin.Port: not 443 } url })
        {
            yield return new(
                At.Compose["platform"]["url"], $"names port {url.Origin.Port}, and the load balancer of {here} listens on 443 for HTTPS",
                "the address without a port", $"url: https://{url.Host}", $"{url}");
        }
    }
}

/// <summary>A release of the Docker Compose plugin.</summary>
public sealed record ComposePluginSettings : IChecked
{
    [Setting("Its version.", Example = "5.1.3")]
    public required SemanticVersion Version { get; init; }

    [Setting("SHA-256 of docker-compose-linux-x86_64 of that release, as its checksums.txt has it.")]
    [Length(64, 64)]
    public required string Sha256 { get; init; }

    internal ComposePlugin Plugin => new(Version.ToString(), Sha256);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Sha256.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f'))
        {
            yield return new(at[nameof(Sha256)], "is no SHA-256", "64 lower-case hexadecimal digits", "copy it from checksums.txt of the release", Sha256);
        }

        // Older ones do not know compose files without a version.
        if (Version.Major < 2)
        {
            yield return new(
                at[nameof(Version)], "is no plugin of docker: Compose is one from 2.0.0 on", "2.0.0 or newer", "version: 5.1.3", Version.ToString());
        }
    }
}

/// <summary>The forms that only settings of a host by Docker Compose name.</summary>
internal static class ComposeForms
{
    public static FormTable All { get; } = new()
    {
        // Secrets Manager API reference, CreateSecret, Name; AWS puts a hyphen and six characters behind it.
        [Form.SecretArn] = () => TextForm.Matching(
            "the ARN of a secret",
            "the whole ARN of a secret in Secrets Manager, with the six characters at its end",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:seqera-platform-AbCdEf",
            @"^arn:aws(-us-gov)?:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$"),
    };
}
