using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Iam;
using Infra.Manifests;
using Infra.Scaling;

namespace Tests.Infra.Iam;

// Promise: equal policies are equal text, and the text says what the policy says.
public sealed class PolicyDocumentTests
{
    private static readonly Gen<ImmutableArray<string>> Words =
        from length in Gen.Choose(1, 5)
        from words in Gen.ArrayOf(Gen.Elements("s3:GetObject", "s3:PutObject", "ec2:DescribeVpcs", "arn:aws:s3:::a+b<c>", "über", "\"quoted\""), length)
        select words.Distinct().ToImmutableArray();

    [Property]
    public Property Order_DoesNotMatter() => Prop.ForAll(Arb.From(Words), Arb.From(Words), (actions, resources) =>
        Document(actions, resources).ToJson() == Document([.. actions.Reverse()], [.. resources.Reverse()]).ToJson());

    [Property]
    public Property Everything_CanBeReadBack() => Prop.ForAll(Arb.From(Words), Arb.From(Words), (actions, resources) =>
    {
        var statement = JsonDocument.Parse(Document(actions, resources).ToJson()).RootElement.GetProperty("Statement")[0];
        return Values(statement.GetProperty("Action")).SequenceEqual(actions.Order(StringComparer.Ordinal))
            && Values(statement.GetProperty("Resource")).SequenceEqual(resources.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Text_IsWhatIamStores() => new PolicyDocument(
            new PolicyStatement("Allow1", ["s3:PutObject"])
            {
                Principal = PolicyPrincipal.Aws("arn:aws:iam::123456789012:root"),
                Resources = ["b", "a"],
                Conditions =
                [
                    new PolicyCondition("StringEquals", "z", "2", "1"),
                    new PolicyCondition("Bool", "aws:SecureTransport", "false"),
                    new PolicyCondition("StringEquals", "a", "<3+4>"),
                ],
            }
        ).ToJson().ShouldBe("""{"Version":"2012-10-17","Statement":[{"Sid":"Allow1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"s3:PutObject","Resource":["a","b"],"Condition":{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"a":"<3+4>","z":["1","2"]}}}]}""");

    private static PolicyDocument Document(ImmutableArray<string> actions, ImmutableArray<string> resources) =>
        new(new PolicyStatement(null, actions) { Resources = resources });

    private static IEnumerable<string> Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()!) : [value.GetString()!];
}

// Promise: no role may do everything, and nobody is everybody.
public sealed partial class PoliciesTests
{
    private const string Cluster = "arn:aws:eks:eu-west-1:123456789012:cluster/studio-test";

    // IAM user guide, "IAM and AWS STS quotas": managed policies, without white space. The role's inline policies share a larger one.
    private const int ManagedPolicyCharacters = 6144;

    private static readonly Gen<PolicyDocument> Documents =
        from partition in Gen.Elements("aws", "aws-us-gov")
        from account in Gen.Elements("123456789012", "000000000001")
        from buckets in Gen.ArrayOf(Gen.Elements("arn:aws:s3:::work", "arn:aws:s3:::data"), 2)
        from document in Gen.Elements<Func<PolicyDocument>>(
            () => ClusterPolicies.SecretsEncryption("arn:aws:kms:eu-west-1:123456789012:key/1"),
            () => ClusterPolicies.VolumeEncryption("arn:aws:kms:eu-west-1:123456789012:key/1"),
            () => ClusterPolicies.FlowLogs("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vpc/x"),
            ClusterPolicies.AutoModeTags,
            () => ClusterPolicies.ClusterAutoscaler("studio-test", Cluster),
            () => KarpenterPolicy.Document(new(partition, "eu-west-1", account), "studio-test", "arn:aws:sqs:eu-west-1:123456789012:studio-test-karpenter"),
            () => KarpenterPolicy.PassRole("arn:aws:iam::123456789012:role/nodes"),
            () => KarpenterPolicy.Queue(new(partition, "eu-west-1", account), "arn:aws:sqs:eu-west-1:123456789012:studio-test-karpenter"),
            () => KeyPolicies.AccountKey(partition, "eu-west-1", account, []),
            () => KeyPolicies.AccountKey(partition, "eu-west-1", account, ["/aws/eks/x/*"]),
            () => LoadBalancerControllerPolicy.Document(partition),
            () => StoragePolicies.WorkDirectories([.. buckets]),
            () => TowerPolicies.ClustersAndBuckets(Cluster, [.. buckets]),
            () => TowerPolicies.ClustersAndBuckets(Cluster, []),
            TrustPolicies.Ec2Instances,
            TrustPolicies.EksControlPlane,
            TrustPolicies.FlowLogs,
            () => TrustPolicies.PodIdentity(Cluster, "kube-system", "aws-node"),
            () => TrustPolicies.ServiceAccount("arn:aws:iam::123456789012:oidc-provider/x", "x", "tower-nf", "tower-launcher-sa"),
            () => TrustPolicies.WithExternalId("arn:aws:iam::123456789012:user/tower", "id"))
        select document();

    [Property]
    public Property NoPrincipal_IsEverybody() => Prop.ForAll(Arb.From(Documents), document => document.Statements.All(statement =>
        statement.Denies || statement.Principal is null || statement.Principal.Identifiers.All(identifier => !identifier.Contains('*'))));

    [Property]
    public Property NoAction_IsEveryAction() => Prop.ForAll(Arb.From(Documents), document =>
        document.Statements.Where(statement => !statement.Denies).SelectMany(statement => statement.Actions).All(action => Action().IsMatch(action)));

    [Property]
    public Property Statements_AreUnique() => Prop.ForAll(Arb.From(Documents), document =>
    {
        var ids = document.Statements.Select(statement => statement.Sid).Where(id => id is not null).ToList();
        return ids.Distinct().Count() == ids.Count && ids.All(id => id!.All(char.IsAsciiLetterOrDigit));
    });

    [Property]
    public Property Documents_FitIntoAManagedPolicy() =>
        Prop.ForAll(Arb.From(Documents), document => document.ToJson().Length <= ManagedPolicyCharacters);

    [Fact]
    public void TheControllersPolicy_IsTheVendorsSixteenStatements()
    {
        var document = LoadBalancerControllerPolicy.Document("aws");

        document.Statements.Length.ShouldBe(16);
        document.Statements[1].Actions.Length.ShouldBe(29);
        document.Statements.SelectMany(statement => statement.Actions).Distinct().Count().ShouldBe(80);
        // Whoever changes a statement compares the whole policy with the vendor's at the chart's tag, and then writes its new hash here.
        Convert
            .ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(document.ToJson())))
            .ShouldBe("a61f33da7d1941f17bc6e97595de40aa5c3a7dd9f6197152985d017984e4289d");
        LoadBalancerControllerPolicy
            .Document("aws-us-gov")
            .ToJson()
            .ShouldBe(document.ToJson().Replace("arn:aws:", "arn:aws-us-gov:", StringComparison.Ordinal));
    }

    [Fact]
    public void KarpentersPolicy_IsTheVendorsStatements_WithoutThoseThatMakeProfiles()
    {
        var place = new KarpenterPlace("aws", "eu-west-1", "123456789012");
        var document = KarpenterPolicy.Document(place, "studio-test", "arn:aws:sqs:eu-west-1:123456789012:studio-test-karpenter");

        document.Statements.Concat(KarpenterPolicy.PassRole("arn:x").Statements).Select(statement => statement.Sid).ShouldBe(
            [
                "AllowAPIServerEndpointDiscovery", "AllowInstanceProfileReadActions", "AllowInterruptionQueueActions", "AllowPassingInstanceRole",
                "AllowPricingReadActions", "AllowRegionalReadActions", "AllowScopedDeletion", "AllowScopedEC2InstanceAccessActions",
                "AllowScopedEC2InstanceActionsWithTags", "AllowScopedEC2LaunchTemplateAccessActions", "AllowScopedResourceCreationTagging",
                "AllowScopedResourceTagging", "AllowSSMReadActions", "AllowUnscopedInstanceProfileListAction", "AllowZonalShiftStatusReadOnly",
            ],
            ignoreOrder: true);
        // Whatever it changes belongs to the cluster: asked for with its tag, or found with it.
        document.Statements.Where(statement => statement.Sid is { } sid && sid.StartsWith("AllowScoped", StringComparison.Ordinal) && !sid.EndsWith("InstanceAccessActions"))
            .ShouldAllBe(statement => statement.Conditions.Any(condition => condition.Key.EndsWith("/kubernetes.io/cluster/studio-test")));
        // Whoever changes a statement compares the whole policy with the vendor's template of the chart's version, and then writes its new hash here.
        Convert
            .ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(document.ToJson())))
            .ShouldBe("fb4174301827651f1b52563dc7877c0e1b666e2e6748a528d3a7f259b983b47a");
        KarpenterPolicy.Document(place with { Partition = "aws-us-gov" }, "studio-test", "arn:aws-us-gov:sqs:eu-west-1:123456789012:studio-test-karpenter")
            .ToJson()
            .ShouldBe(document.ToJson().Replace("arn:aws:", "arn:aws-us-gov:", StringComparison.Ordinal));
    }

    [Fact]
    public void TheQueue_TakesEventsOfTheAccount_OverTls() =>
        KarpenterPolicy.Queue(new("aws", "eu-west-1", "123456789012"), "arn:queue").ToJson().ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Sid":"Events","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"arn:queue","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/*"}}},{"Sid":"DenyHTTP","Effect":"Deny","Principal":{"AWS":"*"},"Action":"sqs:*","Resource":"arn:queue","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""");

    [Fact]
    public void ThePlatform_MayDescribeOneCluster() =>
        TowerPolicies
            .Clusters(Cluster)
            .ToJson()
            .ShouldBe(
                $$"""{"Version":"2012-10-17","Statement":[{"Sid":"TowerEks0","Effect":"Allow","Action":"eks:ListClusters","Resource":"*"},{"Sid":"TowerEks1","Effect":"Allow","Action":"eks:DescribeCluster","Resource":"{{Cluster}}"}]}""");

    [Fact]
    public void TheExternalId_GuardsTheRole_ButNotItsTags() =>
        TrustPolicies
            .WithExternalId("arn:aws:iam::123456789012:user/tower", "seqera-1")
            .ToJson()
            .ShouldBe(
                """{"Version":"2012-10-17","Statement":[{"Sid":"AssumeWithExternalId","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/tower"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"seqera-1"}}},{"Sid":"TagSession","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/tower"},"Action":"sts:TagSession"}]}""");

    [Fact]
    public void AServiceAccount_IsOneOfOneCluster() =>
        TrustPolicies
            .PodIdentity(Cluster, "kube-system", "aws-node")
            .Statements.ShouldHaveSingleItem()
            .Conditions.ShouldBe([
                new PolicyCondition("StringEquals", "aws:RequestTag/eks-cluster-arn", Cluster),
                new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-namespace", "kube-system"),
                new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-service-account", "aws-node"),
            ]);

    [Fact]
    public void TheAutoscaler_ChangesGroupsOfItsClusterOnly()
    {
        var scale = ClusterPolicies.ClusterAutoscaler("studio-test", Cluster).Statements.Single(statement => statement.Sid == "Scale");

        scale.Conditions.ShouldBe([new PolicyCondition("StringEquals", "aws:ResourceTag/k8s.io/cluster-autoscaler/studio-test", "owned")]);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/team/platform", IamPrincipalKind.Role, "platform")]
    [InlineData("arn:aws-us-gov:iam::123456789012:user/tower@example.com", IamPrincipalKind.User, "tower@example.com")]
    public void Principals_AreReadFromTheirArns(string arn, IamPrincipalKind kind, string name) =>
        IamPrincipal.Parse(arn).ShouldBe(new IamPrincipal(arn, kind, name));

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/platform/session")]
    [InlineData("arn:aws:iam::123456789012:root")]
    [InlineData("arn:aws:iam::12345:role/platform")]
    [InlineData("*")]
    public void WhatIsNoPrincipal_IsRefused(string arn) =>
        Should
            .Throw<FormatException>(() => IamPrincipal.Parse(arn))
            .Message.ShouldBe(
                $"'{arn}' is not the ARN of an IAM user or role: it must be written as in 'arn:aws:iam::123456789012:role/platform'; the ARN of a session (sts, assumed-role) is none.");

    [GeneratedRegex("^[a-z0-9-]+:[A-Za-z0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();
}

// Promise: IAM sees exactly the service accounts that are meant.
public sealed class WorkloadIdentityMemberTests
{
    [Fact]
    public void AMember_NamesPoolNamespaceAndAccount() =>
        WorkloadIdentityMember.For("example-research.svc.id.goog", "tower-nf", KubernetesName.Parse("tower-launcher-sa"))
            .ShouldBe("serviceAccount:example-research.svc.id.goog[tower-nf/tower-launcher-sa]");

    [Fact]
    public void ANamespaceThatIsNone_IsRefused() =>
        Should.Throw<FormatException>(() => WorkloadIdentityMember.For("example-research.svc.id.goog", "tower]/x", KubernetesName.Parse("a")));
}
