using System.Collections.Immutable;
using Stacks.Settings.Values;

namespace Stacks.Settings.Crossing;

/// <summary>Certificates of AWS Certificate Manager stand in the region of the load balancer that shows them, wherever the stack file names them.</summary>
internal static class CertificateRegions
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        ImmutableArray<(SettingPath At, CertificateArn Arn)> certificates =
            [.. OfDomain(settings), .. OfIngress(settings), .. OfWorkbench(settings), .. OfCodeStudios(settings)];
        if (certificates.IsEmpty)
        {
            return [];
        }

        var known = settings.Aws?.Region.Name ?? (settings.Cluster as ExistingClusterSettings)?.CloudIdentity?.Location;
        var region = known ?? certificates[0].Arn.Region;
        return certificates.Where(certificate => certificate.Arn.Region != region).Select(certificate => known is null
            ? new SettingsProblem(
                certificate.At, $"is in another region than the first certificate, which is in {region}, and one load balancer shows both",
                "certificates in the region of the load balancer", $"issue or import it there: aws acm request-certificate --region {region}",
                certificate.Arn.Text)
            : new SettingsProblem(
                certificate.At, $"is in another region than the load balancer, which stands in {region}", $"a certificate in {region}",
                $"issue or import it there: aws acm request-certificate --region {region}{(Removable(settings) ? ", or remove certificate" : "")}",
                certificate.Arn.Text));
    }

    private static bool Removable(PlatformSettings settings) => settings.Dns is Route53Settings { Certificate: not null };

    private static IEnumerable<(SettingPath At, CertificateArn Arn)> OfDomain(PlatformSettings settings) =>
        settings.Dns is Route53Settings { Certificate: { } certificate }
            ? [(At.Dns["route53"][nameof(Route53Settings.Certificate)]["arn"], certificate.Arn)]
            : [];

    private static IEnumerable<(SettingPath At, CertificateArn Arn)> OfWorkbench(PlatformSettings settings) =>
        settings.Workbench?.Ingress is AlbWorkbenchSettings { Acm: { } certificate }
            ? [(At.WorkbenchIngress["alb"][nameof(AlbWorkbenchSettings.Acm)]["arn"], certificate.Arn)]
            : [];

    private static IEnumerable<(SettingPath At, CertificateArn Arn)> OfCodeStudios(PlatformSettings settings) =>
        settings.CodeStudios?.Ingress is AlbCodeStudioSettings { CertificateArn: var arn }
            ? [(At.CodeStudios[nameof(CodeStudiosSettings.Ingress)]["alb"][nameof(AlbCodeStudioSettings.CertificateArn)], arn)]
            : [];

    private static IEnumerable<(SettingPath At, CertificateArn Arn)> OfIngress(PlatformSettings settings) =>
        from certificate in (settings.Studios?.Ingress?.Certificates ?? []).Index()
        where certificate.Item is AcmCertificateSettings
        select (At.Ingress[nameof(StudiosIngressSettings.Certificates)][certificate.Index]["arn"], ((AcmCertificateSettings)certificate.Item).Arn);
}
