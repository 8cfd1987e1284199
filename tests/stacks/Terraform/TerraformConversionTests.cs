using System.Text.Json.Nodes;
using Protocol;

namespace Tests.Stacks.Terraform;

// Promise: the conversion loses nothing: what has no counterpart is said, blocks are blocks, and what a plan does not know Terraform does not know either.
public sealed class TerraformConversionTests
{
    private const string Late = "${terraform_data.late.id}";

    // What `terraform providers schema -json` prints, in small.
    private const string Schema =
        """
        {
          "aws_lb": { "block": {
            "attributes": {
              "name": { "type": "string", "optional": true }, "subnets": { "type": ["set", "string"] }, "idle_timeout": { "type": "number" },
              "tags": { "type": ["map", "string"] }
            },
            "block_types": {
              "access_logs": { "nesting_mode": "list", "max_items": 1, "block": { "attributes": { "bucket": { "type": "string" }, "enabled": { "type": "bool" } } } },
              "lifecycle_policy": { "nesting_mode": "list", "block": { "block_types": { "alias": { "nesting_mode": "set", "block": { "attributes": { "name": { "type": "string" } } } } } } }
            }
          } },
          "aws_backup_plan": { "block": {
            "attributes": {
              "name": { "type": "string", "required": true }, "spot": { "type": ["object", { "share": "number", "zone": "string" }] },
              "rule": { "nested_type": { "nesting_mode": "list", "attributes": { "days": { "type": "number" } } } },
              "window": { "nested_type": { "nesting_mode": "single", "attributes": { "days": { "type": "number" } } } }
            }
          } }
        }
        """;

    [Fact]
    public void BlocksAreLists_AndListsFindTheirName() => Converted(
        "aws:lb/loadBalancer:LoadBalancer",
        """
        {
          "accessLogs": { "bucket": "logs", "enabled": true }, "idleTimeout": 3600, "subnets": ["a", "b"], "tags": { "Name": "${not} a %{template}" },
          "lifecyclePolicies": [{ "aliases": [{ "name": "x" }, { "name": "y" }] }], "__defaults": []
        }
        """).ShouldBe(Sorted(
            """
            {
              "access_logs": [{ "bucket": "logs", "enabled": true }], "idle_timeout": 3600, "subnets": ["a", "b"], "tags": { "Name": "$${not} a %%{template}" },
              "lifecycle_policy": [{ "alias": [{ "name": "x" }, { "name": "y" }] }]
            }
            """));

    [Fact]
    public void WhatIsUnknown_IsUnknownToTerraform() => Converted(
        "aws:lb/loadBalancer:LoadBalancer",
        $$"""{ "name": "{{WireSignatures.UnknownString}}", "subnets": "{{WireSignatures.UnknownString}}", "accessLogs": { "bucket": "{{WireSignatures.UnknownString}}" } }""")
        .ShouldBe(Sorted($$"""{ "name": "{{Late}}", "subnets": ["{{Late}}"], "access_logs": [{ "bucket": "{{Late}}" }] }"""));

    // An object of an attribute has all of its members, a name that has to be given is the one that Pulumi would make.
    [Fact]
    public void AttributesThatNest_AreFilledUp() => Converted(
        "aws:backup/plan:Plan", """{ "rules": [{ "days": 1 }], "window": { "days": 2 }, "spot": { "share": 3 } }""").ShouldBe(Sorted(
            """{ "name": "it-0123456", "rule": [{ "days": 1 }], "window": { "days": 2 }, "spot": { "share": 3, "zone": null } }"""));

    [Theory]
    [InlineData("aws:lb/loadBalancer:LoadBalancer", """{ "nothing": 1 }""", "aws_lb", "nothing")]
    [InlineData("aws:lb/loadBalancer:LoadBalancer", """{ "accessLogs": { "buckets": "b", "wrong": 1 } }""", "aws_lb", "wrong")]
    [InlineData("aws:backup/plan:Plan", """{ "spot": { "shares": 3, "more": 1 } }""", "aws_backup_plan", "more")]
    [InlineData("aws:ec2/moon:Moon", "{}", "aws:ec2/moon:Moon", "")]
    public void WhatHasNoCounterpart_IsSaid(string token, string inputs, string type, string property)
    {
        var conversion = new TerraformConversion(JsonNode.Parse(Schema)!.AsObject());

        conversion.Convert(Steps(token, inputs), "aws");

        conversion.Problems.Select(problem => (problem.Type, problem.Property)).ShouldBe([(type, property)]);
    }

    [Fact]
    public void OtherClouds_AndWhatIsOnlyRead_AreLeftOut()
    {
        var steps = Steps("gcp:compute/network:Network", "{}");
        steps.Add(JsonNode.Parse("""{ "newState": { "type": "aws:lb/loadBalancer:LoadBalancer", "urn": "urn:pulumi:s::p::t::read", "external": true, "inputs": {} } }"""));

        new TerraformConversion(JsonNode.Parse(Schema)!.AsObject()).Convert(steps, "aws").ToJsonString().ShouldBe("""{"resource":{"terraform_data":{"late":{}}}}""");
    }

    // What follows from no rule, and what two rules could follow from.
    [Theory]
    [InlineData("aws:ec2/vpc:Vpc", "aws_vpc")]
    [InlineData("aws:ec2/instance:Instance", "aws_instance")]
    [InlineData("aws:rds/instance:Instance", "aws_db_instance")]
    [InlineData("aws:rds/cluster:Cluster", "aws_rds_cluster")]
    [InlineData("aws:eks/nodeGroup:NodeGroup", "aws_eks_node_group")]
    [InlineData("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws_iam_openid_connect_provider")]
    [InlineData("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "aws_ec2_transit_gateway_vpc_attachment")]
    [InlineData("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws_vpc_security_group_ingress_rule")]
    [InlineData("aws:wafv2/webAcl:WebAcl", "aws_wafv2_web_acl")]
    [InlineData("gcp:compute/sSLPolicy:SSLPolicy", "google_compute_ssl_policy")]
    [InlineData("gcp:projects/iAMMember:IAMMember", "google_project_iam_member")]
    [InlineData("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "google_kms_crypto_key_iam_member")]
    [InlineData("gcp:serviceaccount/account:Account", "google_service_account")]
    [InlineData("gcp:serviceaccount/iAMMember:IAMMember", "google_service_account_iam_member")]
    [InlineData("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry", "google_certificate_manager_certificate_map_entry")]
    [InlineData("gcp:servicenetworking/connection:Connection", "google_service_networking_connection")]
    public void AType_HasItsNameInTerraform(string token, string name) =>
        TerraformTypes.Of(token, type => type == name || type is "aws_instance" or "aws_db_instance" or "aws_subnet_group").ShouldBe(name);

    private static string Converted(string token, string inputs)
    {
        var conversion = new TerraformConversion(JsonNode.Parse(Schema)!.AsObject());
        var resources = conversion.Convert(Steps(token, inputs), "aws")["resource"]!.AsObject();

        conversion.Problems.ShouldBeEmpty();
        return Tests.Support.Deployed.Json(resources.Single(type => type.Key != "terraform_data").Value!["r_it"]!.ToJsonString());
    }

    private static JsonArray Steps(string token, string inputs) =>
        [JsonNode.Parse($$"""{ "newState": { "type": "{{token}}", "urn": "urn:pulumi:s::p::{{token}}::it", "inputs": {{inputs}} } }""")];

    private static string Sorted(string json) => Tests.Support.Deployed.Json(json);
}
