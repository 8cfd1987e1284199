using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Routing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: balancers of this account, and nobody else, write into a closed bucket that they can write into before they are told of it.
public sealed class AccessLogTests
{
    [Fact]
    public async Task TheBucket_IsClosed_AndForgets()
    {
        var deployed = await Deployed.Of(() => Make());

        deployed.Inputs("logs").ShouldBe(Deployed.Json("""{ "bucket": "studio-test-access-logs-123456789012", "forceDestroy": true }"""));
        deployed.Inputs("logs-closed").ShouldBe(Deployed.Json(
            """
            {
              "blockPublicAcls": true, "blockPublicPolicy": true, "bucket": "studio-test-access-logs-123456789012", "ignorePublicAcls": true,
              "restrictPublicBuckets": true
            }
            """));
        deployed.Inputs("logs-encryption").ShouldBe(Deployed.Json(
            """
            {
              "bucket": "studio-test-access-logs-123456789012",
              "rules": [{ "applyServerSideEncryptionByDefault": { "sseAlgorithm": "AES256" } }]
            }
            """));
        deployed.Inputs("logs-lifecycle").ShouldBe(Deployed.Json(
            """
            {
              "bucket": "studio-test-access-logs-123456789012",
              "rules": [{ "abortIncompleteMultipartUpload": { "daysAfterInitiation": 1 }, "expiration": { "days": 30 }, "filter": {}, "id": "expire", "status": "Enabled" }]
            }
            """));
    }

    [Fact]
    public async Task AccessLogBucket_HasTheseChildren() => (await Deployed.Of(options => Make(options))).Lineages.ShouldBe([
        "platform:loadBalancing:AccessLogBucket$aws:s3/bucket:Bucket::logs",
        "platform:loadBalancing:AccessLogBucket$aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration::logs-lifecycle",
        "platform:loadBalancing:AccessLogBucket$aws:s3/bucketPolicy:BucketPolicy::logs-policy",
        "platform:loadBalancing:AccessLogBucket$aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::logs-closed",
        "platform:loadBalancing:AccessLogBucket$aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration::logs-encryption",
        "platform:loadBalancing:AccessLogBucket::logs",
    ]);

    [Theory]
    [InlineData("aws", "", "arn:aws:s3:::b/AWSLogs/1/*")]
    [InlineData("aws", "studios", "arn:aws:s3:::b/studios/AWSLogs/1/*")]
    [InlineData("aws-us-gov", "a/b", "arn:aws-us-gov:s3:::b/a/b/AWSLogs/1/*")]
    public void BalancersOfTheAccount_MayWriteBelowThePrefix(string partition, string prefix, string resource) =>
        AccessLogPolicies.Bucket(partition, "b", prefix, "1").ToJson().ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Sid":"BalancersWrite","Effect":"Allow","Principal":{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"},"Action":"s3:PutObject","Resource":"RESOURCE"},{"Sid":"EncryptedTransport","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":["arn:PARTITION:s3:::b","arn:PARTITION:s3:::b/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"""
                .Replace("RESOURCE", resource, StringComparison.Ordinal).Replace("PARTITION", partition, StringComparison.Ordinal));

    [Fact]
    public async Task TheBalancer_LogsAndAsksTheWebAcl()
    {
        var deployed = await Deployed.Of(() => new PlatformLoadBalancer(
            "edge",
            new PlatformLoadBalancerArgs
            {
                AccessLogs = new AccessLogs(Output.Create("example-logs"), "studios"),
                CertificateArn = "arn:certificate",
                ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")],
                Cluster = AwsParts.Adopted(),
                WebAclArn = Output.Create("arn:acl"),
            }));

        deployed.Inputs("edge").ShouldContain(Inner("\"accessLogs\": { \"bucket\": \"example-logs\", \"enabled\": true, \"prefix\": \"studios\" }"));
        deployed.Inputs("edge-web-acl").ShouldBe(Deployed.Json("""{ "resourceArn": "arn:aws:test:eu-west-1:123456789012:edge", "webAclArn": "arn:acl" }"""));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("studios", ",access_logs.s3.prefix=studios")]
    public async Task AnAnnotation_SaysItToTheController(string prefix, string end) =>
        (await Deployed.ValueOf(AlbRouting.LoggedAttributes(
            new IngressController.Alb(InternetFacing: true, AlbTargetType.Ip, "g"), new AccessLogs(Output.Create("b"), prefix)))).ShouldBe(
            "idle_timeout.timeout_seconds=3600,routing.http.drop_invalid_header_fields.enabled=true,access_logs.s3.enabled=true,access_logs.s3.bucket=b" + end);

    [Fact]
    public async Task ALogThatIsOff_IsSaidToBeOff() =>
        (await Deployed.ValueOf(AlbRouting.LoggedAttributes(new IngressController.Alb(InternetFacing: true, AlbTargetType.Ip, "g"), null)))
            .ShouldEndWith(",access_logs.s3.enabled=false");

    // One member of an indented object.
    private static string Inner(string member)
    {
        var lines = Deployed.Json($"{{ {member} }}").Split('\n');
        return string.Join('\n', lines[1..^1]);
    }

    private static AccessLogBucket Make(ComponentResourceOptions? options = null) => new(
        "logs", new AccessLogBucketArgs { Account = AwsParts.Account(), NamePrefix = "studio-test-access-logs", RetentionInDays = 30 }, options);
}
