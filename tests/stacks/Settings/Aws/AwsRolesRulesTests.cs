namespace Tests.Stacks.Settings.Aws;

// Promise: a path or boundary that IAM would refuse for every role is refused before the first.
public sealed class AwsRolesRulesTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/teams/")]
    [InlineData("/teams/research/")]
    public void Takes_APath(string path) => AwsSample.Messages(("aws.roles.path", $"\"{path}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("teams")]
    [InlineData("/teams")]
    [InlineData("/te ams/")]
    public void Rejects_WhatIsNoPath(string path) => AwsSample.Messages(("aws.roles.path", $"\"{path}\"")).ShouldBe([
        $"""
        platform:aws.roles.path: is not a path of IAM
          given:   {path}
          allowed: up to 512 ASCII characters without spaces, the first and the last a slash
          fix:     for example path: /teams/research/
        """,
    ]);

    [Theory]
    [InlineData("arn:aws:iam::123456789012:policy/boundary")]
    [InlineData("arn:aws:iam::123456789012:policy/teams/boundary")]
    [InlineData("arn:aws:iam::aws:policy/PowerUserAccess")]
    public void Takes_ABoundary(string arn) => AwsSample.Messages(
        ("aws.accountIds", """["123456789012"]"""), ("aws.roles.permissionsBoundary", $"\"{arn}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("boundary")]
    [InlineData("arn:aws:iam::123456789012:role/boundary")]
    public void Rejects_WhatIsNoPolicy(string arn) => AwsSample.Messages(("aws.roles.permissionsBoundary", $"\"{arn}\"")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:aws.roles.permissionsBoundary: is not the ARN of an IAM policy\n");

    [Fact]
    public void Rejects_ABoundaryOfAnotherAccount() => AwsSample.Messages(
        ("aws.accountIds", """["123456789012"]"""), ("aws.roles.permissionsBoundary", "\"arn:aws:iam::210987654321:policy/boundary\"")).ShouldBe([
        """
        platform:aws.roles.permissionsBoundary: is a policy of another account, and IAM takes a boundary from its own account only
          given:   arn:aws:iam::210987654321:policy/boundary
          allowed: a policy of 123456789012, or one that AWS manages
          fix:     make the policy in the account of the stack
        """,
    ]);

    [Fact]
    public void Rejects_ABoundaryOfAnotherPartition() => AwsSample.Messages(
        ("aws.roles.permissionsBoundary", "\"arn:aws-us-gov:iam::123456789012:policy/boundary\"")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:aws.roles.permissionsBoundary: is in another partition of AWS than the region, eu-west-1");
}
