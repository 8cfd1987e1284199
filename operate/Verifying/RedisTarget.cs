using System.Security.Cryptography.X509Certificates;
using System.Text;
using Infra.Cache;
using Rehearsal.Graph;
using Rehearsal.State;
using Rehearsal.Wire;
using Stacks;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>The Redis server of a stack, and how to speak to it from here.</summary>
internal sealed record RedisTarget
{
    /// <summary>Holds the password where neither outputs nor stack file tell it.</summary>
    internal const string PasswordVariable = "PLATFORM_REDIS_PASSWORD";

    private const string ComponentPrefix = "platform:cache:";

    /// <summary>Where it is reached; null where nobody said.</summary>
    public HostPort? Address { get; init; }

    /// <summary>Whether somebody said that it can be reached from here, by <c>--redis</c>.</summary>
    public bool IsTold { get; init; }

    /// <summary>Its own name, which its certificate has; null where it is not known.</summary>
    public string? Name { get; init; }

    public bool Tls { get; init; }

    /// <summary>Whether any certificate will do, as the stack file says.</summary>
    public bool SkipVerify { get; init; }

    /// <summary>Authorities of its certificate that the stack knows.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>Certificate that clients show; null where it asks for none, or its key is not here.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Whether it must ask for a password.</summary>
    public bool HasPassword { get; init; }

    public string? User { get; init; }

    /// <summary>The password; null where nobody here knows it.</summary>
    public string? Password { get; init; }

    /// <summary>Why it is not reached without <c>--redis</c>, and how it is.</summary>
    public required string HowToReach { get; init; }

    /// <summary>The server of the stack; null without one.</summary>
    public static RedisTarget? Of(VerifyContext context)
    {
        if (context.Settings.Redis is not { } settings)
        {
            return null;
        }
        var known = Described(settings, context);
        var exported = context.Outputs.PlatformInstallation?.Part<RedisOutputs>(nameof(PlatformInstallationOutputs.Redis));
        var component = context.Outputs.State?.Resources.FirstOrDefault(
            resource => resource.Type.StartsWith(ComponentPrefix, StringComparison.Ordinal) && !resource.Delete);
        var deployed = exported is { } outputs && outputs.Text(nameof(RedisOutputs.Host)) is { } host && outputs.Number(nameof(RedisOutputs.Port)) is { } port
            ? new HostPort(host, port)
            : Texts(component?.Outputs).GetValueOrDefault("host") is { Length: > 0 } name && component!.Outputs.Find("port") is NumberProperty number
                ? new HostPort(name, (int)number.Value) : known.Address;
        var made = component is null ? [] : Made(context.Outputs.State!, component);
        return known with
        {
            Address = context.Redis ?? deployed,
            IsTold = context.Redis is not null,
            Name = deployed?.Host ?? known.Name,
            Password = context.Environment(PasswordVariable) is { Length: > 0 } given ? given : known.Password ?? made.GetValueOrDefault(Redis.PasswordKey),
            Authorities = made.GetValueOrDefault("ca.crt") is { } pem ? [.. known.Authorities, .. Certificates(pem)] : known.Authorities,
        };
    }

    private static RedisTarget Described(RedisSettings settings, VerifyContext context) => settings switch
    {
        ExistingRedisSettings existing => new RedisTarget
        {
            Address = new HostPort(existing.Address.Host, existing.Address.Port),
            Name = existing.Address.Host,
            Tls = existing.Tls is not null,
            SkipVerify = existing.Tls?.SkipVerify == true,
            Authorities = existing.Tls?.CertificateAuthority is { } pem ? Certificates(pem) : [],
            ClientCertificate = existing.Tls?.ClientCertificate is { } certificate && context.Secrets.TryGetValue("redisClientKey", out var key)
                ? X509Certificate2.CreateFromPem(certificate, key) : null,
            HasPassword = existing.Password is not null,
            User = existing.User,
            Password = context.Secrets.GetValueOrDefault("redisPassword"),
            HowToReach = "run verify where it can be reached, or through a tunnel with --redis HOST:PORT",
        },
        InClusterRedisSettings inside => new RedisTarget
        {
            HasPassword = true,
            HowToReach = $"it is reached inside the cluster only: `kubectl port-forward --namespace {Namespace(context, inside)} service/{inside.Name} 6379` "
                + "and give --redis localhost:6379",
        },
        ElastiCacheSettings or MemorystoreSettings => new RedisTarget
        {
            Tls = true,
            HasPassword = true,
            HowToReach = "it is reached inside its network only: run verify there (docs/aws.md, docs/gcp.md), or through a tunnel with --redis HOST:PORT",
        },
        _ => throw new ArgumentException($"{settings.GetType().Name} is not known here.", nameof(settings)),
    };

    private static string Namespace(VerifyContext context, InClusterRedisSettings settings)
        => context.Outputs.PlatformInstallation?.Text(nameof(PlatformInstallationOutputs.Namespace)) ?? context.Settings.Studios?.Platform.Namespace.Text
            ?? settings.Namespace?.Text ?? "NAMESPACE";

    // The Secrets that the component made for its clients: {"password": "…"}, {"ca.crt": "…"}, in base64 as the API server keeps them
    private static Dictionary<string, string> Made(Checkpoint state, ResourceState component)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var secret in state.Resources.Where(
            resource => resource.Type == "kubernetes:core/v1:Secret" && !resource.Delete && IsBelow(state, resource, component)))
        {
            foreach (var (key, value) in Texts(Opened(secret.Outputs.Find("data") ?? secret.Inputs.Find("data")) as ObjectProperty is { } data
                ? data.Properties : null))
            {
                if (Convert.TryFromBase64String(value, new byte[value.Length], out _))
                {
                    made[key] = Encoding.UTF8.GetString(Convert.FromBase64String(value));
                }
            }
        }
        return made;
    }

    private static bool IsBelow(Checkpoint state, ResourceState resource, ResourceState component)
    {
        for (var parent = resource.Parent; parent is { } urn; parent = state.Resources.FirstOrDefault(other => other.Urn == urn)?.Parent)
        {
            if (urn == component.Urn)
            {
                return true;
            }
        }
        return false;
    }

    private static Dictionary<string, string> Texts(PropertyMap? properties)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in properties ?? PropertyMap.Empty)
        {
            if (Opened(value) is StringProperty text)
            {
                texts[key] = text.Value;
            }
        }
        return texts;
    }

    private static PropertyValue? Opened(PropertyValue? value) => value is SecretProperty secret ? Opened(secret.Value) : value;

    private static X509Certificate2Collection Certificates(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }
}
