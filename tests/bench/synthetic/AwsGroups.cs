using Pulumi.Aws.Ec2;

namespace Synthetic;

/// <summary>A third of the count each: networks, a subnet in each, a security group in each.</summary>
internal static class AwsGroups
{
    private const int Kinds = 3;

    // The second byte of 10.0.0.0/8
    private const int Networks = 250;

    public static void Define(int count)
    {
        for (var i = 0; i < count / Kinds; i++)
        {
            var network = new Vpc(
                $"vpc-{i}", new VpcArgs { CidrBlock = $"10.{i % Networks}.0.0/16", EnableDnsHostnames = true, Tags = { ["Name"] = $"vpc-{i}" } });
            _ = new Subnet($"subnet-{i}", new SubnetArgs { VpcId = network.Id, CidrBlock = $"10.{i % Networks}.0.0/24" });
            _ = new SecurityGroup($"group-{i}", new SecurityGroupArgs { VpcId = network.Id, Description = $"Nodes of group {i}" });
        }
    }
}
