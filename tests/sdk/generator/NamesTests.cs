using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Generator.Naming;
using Generator.Schema;

// Protects the naming rules of the official packages: a name that differs breaks a user at compile time.

namespace Tests.Sdk.Generator;

public class NamesTests
{
    private static readonly Names Cloud = new(PackageSpec.Parse(
        """
        {
          "name": "aws", "version": "1.0.0",
          "language": { "csharp": { "namespaces": { "elasticache": "ElastiCache", "lb": "LB" } } },
          "types": { "aws:eks/ClusterVpcConfig:ClusterVpcConfig": {}, "aws:ec2/Tenancy:Tenancy": { "enum": [] } }
        }
        """));

    private static readonly Names Cluster = new(PackageSpec.Parse(
        """
        {
          "name": "kubernetes", "version": "1.0.0",
          "language": { "csharp": { "compatibility": "kubernetes20", "namespaces": { "rbac.authorization.k8s.io/v1": "Rbac.V1" } } },
          "types": { "kubernetes:core/v1:PodSpec": {}, "kubernetes:index:KubeClientSettings": {} }
        }
        """));

    [Theory]
    [InlineData("aws:eks/cluster:Cluster", "Pulumi.Aws.Eks")]
    [InlineData("aws:elasticache/user:User", "Pulumi.Aws.ElastiCache")]
    [InlineData("aws:lb/getLoadBalancer:getLoadBalancer", "Pulumi.Aws.LB")]
    [InlineData("aws:index/getRegion:getRegion", "Pulumi.Aws")]
    public void Namespace_IsThatOfTheModule(string token, string expected) => Cloud.Namespace(token).ShouldBe(expected);

    [Theory]
    [InlineData("kubernetes:core/v1:Pod", "Pulumi.Kubernetes.Core.V1")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:Role", "Pulumi.Kubernetes.Rbac.V1")]
    public void Namespace_OfKubernetes_HasGroupAndVersion(string token, string expected) => Cluster.Namespace(token).ShouldBe(expected);

    [Theory]
    [InlineData(Side.Args, "global::Pulumi.Aws.Eks.Inputs.ClusterVpcConfigArgs")]
    [InlineData(Side.State, "global::Pulumi.Aws.Eks.Inputs.ClusterVpcConfigGetArgs")]
    [InlineData(Side.PlainArgs, "global::Pulumi.Aws.Eks.Inputs.ClusterVpcConfigArgs")]
    [InlineData(Side.InvokeArgs, "global::Pulumi.Aws.Eks.Inputs.ClusterVpcConfigInputArgs")]
    [InlineData(Side.Output, "global::Pulumi.Aws.Eks.Outputs.ClusterVpcConfig")]
    [InlineData(Side.Result, "global::Pulumi.Aws.Eks.Outputs.ClusterVpcConfigResult")]
    public void Type_HasAClassForEachSide(Side side, string expected) =>
        Cloud.TypeReference("aws:eks/ClusterVpcConfig:ClusterVpcConfig", side).ShouldBe(expected);

    [Theory]
    [InlineData("kubernetes:core/v1:PodSpec", Side.Args, "global::Pulumi.Kubernetes.Types.Inputs.Core.V1.PodSpecArgs")]
    [InlineData("kubernetes:core/v1:PodSpec", Side.Output, "global::Pulumi.Kubernetes.Types.Outputs.Core.V1.PodSpec")]
    [InlineData("kubernetes:index:KubeClientSettings", Side.Args, "global::Pulumi.Kubernetes.Types.Inputs.Provider.KubeClientSettingsArgs")]
    public void Type_OfKubernetes_LivesUnderTypes(string token, Side side, string expected) => Cluster.TypeReference(token, side).ShouldBe(expected);

    [Fact]
    public void Enumeration_IsOneStruct_OnEverySide() =>
        Enum.GetValues<Side>().Select(side => Cloud.TypeReference("aws:ec2/Tenancy:Tenancy", side)).Distinct()
            .ShouldBe(["global::Pulumi.Aws.Ec2.Tenancy"]);

    [Theory]
    [InlineData("clusterIP", "Service", "ClusterIP")]
    [InlineData("containerPort", "ContainerPort", "ContainerPortValue")]
    [InlineData("$ref", "JSONSchemaProps", "Ref")]
    [InlineData("b64_json", "Image", "B64_json")]
    public void Property_IsCapitalised_AndNeverTheNameOfItsOwner(string key, string owner, string expected) =>
        Names.Property(key, new PropertySpec { Type = "string" }, owner).ShouldBe(expected);

    [Fact]
    public void Property_TakesTheNameThatTheSchemaGives() =>
        Names
            .Property(
                "kubeconfig",
                new PropertySpec { Language = new PropertyLanguageSpec { Csharp = new CsharpPropertySpec { Name = "KubeConfig" } } },
                "Provider")
            .ShouldBe("KubeConfig");

    [Property]
    public Property Property_IsAlwaysAnIdentifier_ThatDiffersFromItsOwner() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>(
                ArbMap.Default.ArbFor<NonEmptyString>().Filter(IsKey), ArbMap.Default.ArbFor<NonEmptyString>(), (key, owner) =>
                {
                    var name = Names.Property(key.Get, new PropertySpec(), owner.Get);
                    return name != owner.Get && name.All(entry => char.IsLetterOrDigit(entry) || entry == '_');
                });

    private static bool IsKey(NonEmptyString key) => Names.Identifier(key.Get).Length > 0;
}
