namespace Infra.Accounts;

/// <summary>Names of the Google Cloud APIs that this program uses, as <c>gcloud services list</c> shows them.</summary>
public static class GcpServices
{
    public const string CertificateManager = "certificatemanager.googleapis.com";

    public const string Compute = "compute.googleapis.com";

    public const string Container = "container.googleapis.com";

    public const string Dns = "dns.googleapis.com";

    public const string Filestore = "file.googleapis.com";

    public const string Iam = "iam.googleapis.com";

    public const string KeyManagement = "cloudkms.googleapis.com";

    public const string Logging = "logging.googleapis.com";

    public const string Monitoring = "monitoring.googleapis.com";

    public const string Redis = "redis.googleapis.com";

    /// <summary>Looks up the project's number, which service agents and principals are spelled with.</summary>
    public const string ResourceManager = "cloudresourcemanager.googleapis.com";

    public const string ServiceNetworking = "servicenetworking.googleapis.com";

    public const string Sql = "sqladmin.googleapis.com";
}
