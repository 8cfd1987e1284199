using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Accounts;
using Infra.Iam;
using Infra.Tower;
using Tests.Support;

namespace Tests.Infra.Iam;

// Promise: no role is made where the account does not want it, or may do more than the account allows.
public sealed partial class AccountRoleTests
{
    [Theory]
    [InlineData(null, null, """{ "assumeRolePolicy": "{}", "description": "Test" }""")]
    [InlineData("/teams/research/", null, """{ "assumeRolePolicy": "{}", "description": "Test", "path": "/teams/research/" }""")]
    [InlineData(
        null,
        "arn:aws:iam::123456789012:policy/boundary",
        """{ "assumeRolePolicy": "{}", "description": "Test", "permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary" }""")]
    public async Task ARole_HasWhatTheAccountAsksFor(string? path, string? boundary, string expected)
    {
        var deployed = await Deployed.Of(() =>
        {
            var account = new AwsAccount("aws", new AwsAccountArgs
            {
                Region = AwsRegion.Parse("eu-west-1"),
                Roles = new IamRoleBounds(path, boundary),
                Tags = ImmutableDictionary<string, string>.Empty,
            });
            AccountRole.Make("role", account, "{}", "Test", account);
        });

        deployed.Inputs("role").ShouldBe(Deployed.Json(expected));
    }

    [Fact]
    public void Roles_AreMadeInOneWay() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.cs", SearchOption.AllDirectories)
        .Where(file => AwsRole().IsMatch(File.ReadAllText(file)))
        .Select(file => Path.GetFileName(file))
        .ShouldBe(["AccountRole.cs"], "make roles with AccountRole.Make, which gives them the account's path and boundary");

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/platform", "arn:aws:iam::123456789012:role/platform")]
    [InlineData("arn:aws:iam::123456789012:role/teams/research/platform", "arn:aws:iam::123456789012:role/platform")]
    [InlineData("arn:aws-us-gov:iam::123456789012:role/a/platform", "arn:aws-us-gov:iam::123456789012:role/platform")]
    [InlineData("arn:aws:iam::123456789012:user/teams/research/platform", "arn:aws:iam::123456789012:user/teams/research/platform")]
    public void AwsAuth_KnowsARoleWithoutItsPath(string arn, string known) => AwsAuthEntries.Known(arn).ShouldBe(known);

    // Roles of Kubernetes are called alike.
    [GeneratedRegex(@"using Pulumi\.Aws\.Iam;.*\bnew (Pulumi\.Aws\.Iam\.)?Role\(", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AwsRole();
}
