using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Quotas;

namespace Tests.Infra.Quotas;

// connect-proxy reads the policy once and refuses to start with a wrong one: what it would refuse is refused here, before anything restarts.
public class QuotaPolicyTests
{
    private static readonly QuotaBucket Users = new(
        "user_id",
        [new Quota("1TB", "720h")],
        [
            new QuotaExtractor("http", new QuotaSource("header", Name: "X-Connect-Sub")),
            new QuotaExtractor("ssh", new QuotaSource("permissions", Field: "userId")),
        ]);

    private static readonly QuotaBucket Addresses = new(
        "ip",
        [new Quota("50GB", "24h"), new Quota("1048576", "1h30m")],
        [new QuotaExtractor("any", new QuotaSource("client_ip"))]);

    [Fact]
    public void APolicy_IsWrittenInTheVendorsForm() => new QuotaPolicy([Users, Addresses]).ToJson().ReplaceLineEndings("\n").ShouldBe("""
        {
          "buckets": [
            {
              "name": "user_id",
              "quotas": [
                {
                  "bytes": "1TB",
                  "window": "720h",
                  "on_exceed": "deny"
                }
              ],
              "extractors": [
                {
                  "protocol": "http",
                  "source": {
                    "type": "header",
                    "name": "X-Connect-Sub"
                  }
                },
                {
                  "protocol": "ssh",
                  "source": {
                    "type": "permissions",
                    "field": "userId"
                  }
                }
              ]
            },
            {
              "name": "ip",
              "quotas": [
                {
                  "bytes": "50GB",
                  "window": "24h",
                  "on_exceed": "deny"
                },
                {
                  "bytes": 1048576,
                  "window": "1h30m",
                  "on_exceed": "deny"
                }
              ],
              "extractors": [
                {
                  "protocol": "any",
                  "source": {
                    "type": "client_ip"
                  }
                }
              ]
            }
          ]
        }
        """);

    [Fact]
    public void AGoodPolicy_HasNoProblems() => QuotaPolicyRules.Check(new QuotaPolicy([Users, Addresses])).ShouldBeEmpty();

    [Fact]
    public void TheHash_ChangesExactlyWithThePolicy()
    {
        new QuotaPolicy([Users]).Hash().ShouldBe(new QuotaPolicy([Users]).Hash());
        new QuotaPolicy([Users]).Hash().ShouldNotBe(new QuotaPolicy([Users with { Quotas = [new Quota("2TB", "720h")] }]).Hash());
    }

    [Fact]
    public void OnlyClientAddresses_NeedTheBalancersHelp()
    {
        new QuotaPolicy([Users]).CountsClientAddresses.ShouldBeFalse();
        new QuotaPolicy([Users, Addresses]).CountsClientAddresses.ShouldBeTrue();
    }

    public static TheoryData<QuotaPolicy, QuotaProblem> Broken() => new()
    {
        { new([]), new("buckets", "is empty", "[]", "one bucket or more") },
        { new([Users, Users]), new("buckets", "has two buckets of one name", "user_id", "a different name for each bucket") },
        { new([Users with { Name = "a:b" }]), new("buckets[0].name", "cannot be part of a Redis key", "a:b", "a text without a colon, as in 'user_id'") },
        { new([Users with { Quotas = [] }]), new("buckets[0].quotas", "is empty", "[]", "one quota or more") },
        {
            new([Users with { Quotas = [new Quota("50GiB", "24h")] }]),
            new("buckets[0].quotas[0].bytes", "is no amount of bytes", "50GiB", "a whole number above 0, alone or with KB, MB, GB or TB, as in '50GB'")
        },
        {
            new([Users with { Quotas = [new Quota("50GB", "1d")] }]),
            new("buckets[0].quotas[0].window", "is no Go duration", "1d", "whole numbers above 0 with h, m or s, as in '24h'")
        },
        { new([Users with { Extractors = [] }]), new("buckets[0].extractors", "is empty", "[]", "one extractor or more") },
        {
            new([Users with { Extractors = [Users.Extractors[0], Users.Extractors[0]] }]),
            new("buckets[0].extractors", "binds one protocol twice", "http", "one extractor for each protocol")
        },
        {
            new([Users with { Extractors = [Addresses.Extractors[0], Users.Extractors[0]] }]),
            new("buckets[0].extractors", "mixes 'any' with another protocol", "any, http", "'any' alone, or 'http' and 'ssh'")
        },
        {
            new([Users with { Extractors = [new("http", new QuotaSource("cookie"))] }]),
            new("buckets[0].extractors[0].source.type", "is unknown", "cookie", "header, permissions, jwt, client_ip")
        },
        {
            new([Users with { Extractors = [new("http", new QuotaSource("client_ip"))] }]),
            new("buckets[0].extractors[0].protocol", "has no source of type client_ip", "http", "any")
        },
        {
            new([Users with { Extractors = [new("http", new QuotaSource("header", Name: "X-User"))] }]),
            new("buckets[0].extractors[0].source.name", "can be forged: connect-proxy does not set this header itself", "X-User", "X-Connect-Sub")
        },
        {
            new([Users with { Extractors = [new("http", new QuotaSource("jwt", Token: "id"))] }]),
            new("buckets[0].extractors[0].source.claim", "is missing for a source of type jwt", "", "a text")
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Rejects_WhatTheProxyWouldRefuse(QuotaPolicy policy, QuotaProblem problem) => QuotaPolicyRules.Check(policy).ShouldBe([problem]);

    [Property]
    public Property EveryProblem_NamesItsPlaceAndWhatIsAllowed() =>
        Prop.ForAll(
                Arb.From(
                    from bytes in Gen.Elements("1TB", "0", "", "5 GB")
                    from window in Gen.Elements("1h", "0h", "24", "")
                    from protocol in Gen.Elements("http", "ssh", "any", "udp")
                    from type in Gen.Elements("header", "permissions", "jwt", "client_ip", "x")
                    select new QuotaPolicy([new QuotaBucket("b", [new Quota(bytes, window)], [new QuotaExtractor(protocol, new QuotaSource(type))])])),
                policy => QuotaPolicyRules.Check(policy).All(problem => problem.Path.StartsWith("buckets[0].") && problem.Allowed.Length > 0));
}
