using Rehearsal.Graph;

namespace Tests.Rehearsal.Graph;

// Promise: whatever package a type is of, people read what it is about and what it is, and no more.
public sealed class TypePartsTests
{
    [Theory]
    [InlineData("platform:cache:Redis", "platform", "cache", "cache Redis")]
    [InlineData("aws:iam/role:Role", "aws", "iam", "iam Role")]
    [InlineData("aws:s3/bucketV2:BucketV2", "aws", "s3", "s3 BucketV2")]
    [InlineData("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "aws", "ec2transitgateway", "ec2transitgateway VpcAttachment")]
    [InlineData("kubernetes:core/v1:Secret", "kubernetes", "core", "Secret")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:Role", "kubernetes", "rbac.authorization.k8s.io", "Role")]
    [InlineData("kubernetes:traefik.io/v1alpha1:IngressRoute", "kubernetes", "traefik.io", "IngressRoute")]
    [InlineData("azure-native:storage/v20230101:StorageAccount", "azure-native", "storage", "StorageAccount")]
    [InlineData("random:index/randomPassword:RandomPassword", "random", "random", "RandomPassword")]
    [InlineData("docker:index:Image", "docker", "docker", "Image")]
    [InlineData("pulumi:pulumi:StackReference", "pulumi", "pulumi", "StackReference")]
    [InlineData("pulumi:providers:aws", "aws", "providers", "aws provider")]
    [InlineData("my:Thing", "my", "my", "Thing")]
    [InlineData("odd", "odd", "odd", "odd")]
    [InlineData("a:b:c:d", "a", "a", "d")]
    [InlineData("a::c", "a", "a", "c")]
    public void EachPart_HasItsName(string type, string package, string concept, string shown)
        => (TypeParts.Package(type), TypeParts.Concept(type), TypeParts.Short(type)).ShouldBe((package, concept, shown));
}
