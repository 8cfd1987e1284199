using System.Collections.Frozen;

namespace Rehearsal.Functions;

/// <summary>What AWS publishes of a region: its name for people, and the hosted zones of the names that it gives to load balancers.</summary>
/// <param name="Description">Its name in the SDK's list of endpoints.</param>
/// <param name="ApplicationZone">Route 53 zone of Application Load Balancers.</param>
/// <param name="NetworkZone">Route 53 zone of Network Load Balancers.</param>
internal sealed record AwsRegion(string Description, string ApplicationZone, string NetworkZone);

/// <summary>The regions of which all of it is known, as the Terraform provider has them (hashicorp/aws, internal/service/elbv2/
/// hosted_zone_id_data_source.go).</summary>
internal static class AwsRegions
{
    public static readonly FrozenDictionary<string, AwsRegion> All = new Dictionary<string, AwsRegion>(StringComparer.Ordinal)
    {
        ["af-south-1"] = new("Africa (Cape Town)", "Z268VQBMOI5EKX", "Z203XCE67M25HM"),
        ["ap-east-1"] = new("Asia Pacific (Hong Kong)", "Z3DQVH9N71FHZ0", "Z12Y7K3UBGUAD1"),
        ["ap-northeast-1"] = new("Asia Pacific (Tokyo)", "Z14GRHDCWA56QT", "Z31USIVHYNEOWT"),
        ["ap-northeast-2"] = new("Asia Pacific (Seoul)", "ZWKZPGTI48KDX", "ZIBE1TIR4HY56"),
        ["ap-northeast-3"] = new("Asia Pacific (Osaka)", "Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X"),
        ["ap-south-1"] = new("Asia Pacific (Mumbai)", "ZP97RAFLXTNZK", "ZVDDRBQ08TROA"),
        ["ap-south-2"] = new("Asia Pacific (Hyderabad)", "Z0173938T07WNTVAEPZN", "Z0711778386UTO08407HT"),
        ["ap-southeast-1"] = new("Asia Pacific (Singapore)", "Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"),
        ["ap-southeast-2"] = new("Asia Pacific (Sydney)", "Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"),
        ["ap-southeast-3"] = new("Asia Pacific (Jakarta)", "Z08888821HLRG5A9ZRTER", "Z01971771FYVNCOVWJU1G"),
        ["ca-central-1"] = new("Canada (Central)", "ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"),
        ["cn-north-1"] = new("China (Beijing)", "Z1GDH35T77C1KE", "Z3QFB96KMJ7ED6"),
        ["cn-northwest-1"] = new("China (Ningxia)", "ZM7IZAIOVVDZF", "ZQEIKTCZ8352D"),
        ["eu-central-1"] = new("Europe (Frankfurt)", "Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"),
        ["eu-central-2"] = new("Europe (Zurich)", "Z06391101F2ZOEP8P5EB3", "Z02239872DOALSIDCX66S"),
        ["eu-north-1"] = new("Europe (Stockholm)", "Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"),
        ["eu-south-1"] = new("Europe (Milan)", "Z3ULH7SSC9OV64", "Z23146JA1KNAFP"),
        ["eu-south-2"] = new("Europe (Spain)", "Z0956581394HF5D5LXGAP", "Z1011216NVTVYADP1SSV"),
        ["eu-west-1"] = new("Europe (Ireland)", "Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"),
        ["eu-west-2"] = new("Europe (London)", "ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"),
        ["eu-west-3"] = new("Europe (Paris)", "Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"),
        ["me-central-1"] = new("Middle East (UAE)", "Z08230872XQRWHG2XF6I", "Z00282643NTTLPANJJG2P"),
        ["me-south-1"] = new("Middle East (Bahrain)", "ZS929ML54UICD", "Z3QSRYVP46NYYV"),
        ["sa-east-1"] = new("South America (Sao Paulo)", "Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"),
        ["us-east-1"] = new("US East (N. Virginia)", "Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"),
        ["us-east-2"] = new("US East (Ohio)", "Z3AADJGX6KTTL2", "ZLMOA37VPKANP"),
        ["us-gov-east-1"] = new("AWS GovCloud (US-East)", "Z166TLBEWOO7G0", "Z1ZSMQQ6Q24QQ8"),
        ["us-gov-west-1"] = new("AWS GovCloud (US-West)", "Z33AYJ8TM3BH4J", "ZMG1MZ2THAWF1"),
        ["us-west-1"] = new("US West (N. California)", "Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"),
        ["us-west-2"] = new("US West (Oregon)", "Z1H1FL5HABSF5", "Z18D5FSROUN65G"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    public static string DnsSuffix(string region) => Partition(region) == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
