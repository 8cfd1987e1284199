namespace Infra.Dns;

/// <summary>How a browser reaches one Studio session: by a host of its own, or by a path below the connect host.</summary>
public abstract record SessionRouting
{
    private SessionRouting()
    {
    }

    /// <summary>Every session has its own host below <paramref name="Wildcard"/>.</summary>
    public sealed record Subdomain(DomainName Wildcard) : SessionRouting;

    /// <summary>All sessions share the connect host (Platform 25.2 and connect 0.8.2 or newer); no wildcard record or certificate exists.</summary>
    public sealed record Path : SessionRouting;

    /// <summary>The vendor's rule: sessions live beside the connect host, so the wildcard stands for its first label.</summary>
    public static SessionRouting BesideConnect(DomainName connect) => new Subdomain(connect.Parent().Wildcard());
}
