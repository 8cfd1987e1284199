using Rehearsal;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: every Google Cloud stack of the repository plans cleanly, and what stands on a thing is made after it and destroyed before it.
// It does not prove that Google agrees.
public sealed class GcpProgramTests
{
    // Types whose loss is loss of data or of the platform's address; a production stack protects every one.
    private static readonly string[] Stateful =
    [
        "gcp:compute/globalAddress:GlobalAddress", "gcp:compute/network:Network", "gcp:compute/subnetwork:Subnetwork", "gcp:container/cluster:Cluster",
        "gcp:dns/managedZone:ManagedZone", "gcp:kms/cryptoKey:CryptoKey", "gcp:redis/instance:Instance", "gcp:servicenetworking/connection:Connection",
    ];

    private static readonly Lazy<Task<Rehearsed>> Production = new(() => Rehearsed.Of("stacks/examples/Pulumi.gke-prod.yaml"));

    [Theory]
    [InlineData("stacks/examples/Pulumi.gke-dev.yaml")]
    [InlineData("stacks/examples/Pulumi.gke-prod.yaml")]
    [InlineData("stacks/examples/Pulumi.gke-adopt.yaml")]
    [InlineData("stacks/examples/Pulumi.gke-gpu.yaml")]
    public async Task EveryStack_PlansCleanly(string file)
    {
        var rehearsed = file.Contains("gke-prod", StringComparison.Ordinal) ? await Production.Value : await Rehearsed.Of(file);

        Complaints.Of(rehearsed.Result).Where(message => !message.StartsWith("platform:studios.ssh", StringComparison.Ordinal)).ShouldBeEmpty();
        rehearsed.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
    }

    [Fact]
    public async Task InProduction_EverythingIsMadeInItsOrder()
    {
        var rehearsed = await Production.Value;

        string Urn(string type, string name) => rehearsed.Named(type, name).Urn.ToString();
        var gateway = rehearsed.Outliving(rehearsed.Named("kubernetes:gateway.networking.k8s.io/v1:Gateway", "edge"));
        gateway.ShouldContain(Urn("gcp:compute/globalAddress:GlobalAddress", "edge-address"));
        gateway.ShouldContain(Urn("gcp:certificatemanager/certificateMap:CertificateMap", "domain-certificate-map"));
        gateway.ShouldContain(Urn("gcp:container/nodePool:NodePool", "cluster-nodes-general"));

        rehearsed
            .Outliving(rehearsed.Named("gcp:container/nodePool:NodePool", "cluster-nodes-general"))
            .ShouldContain(Urn("gcp:compute/routerNat:RouterNat", "network-nat"));
        rehearsed
            .Outliving(rehearsed.Named("gcp:redis/instance:Instance", "redis"))
            .ShouldContain(Urn("gcp:servicenetworking/connection:Connection", "network-managed-services"));
        rehearsed
            .Outliving(rehearsed.Named("gcp:container/cluster:Cluster", "cluster"))
            .ShouldContain(Urn("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "cluster-key-for-container-engine-robot"));
        rehearsed.Outliving(rehearsed.Named("gcp:compute/network:Network", "network")).ShouldContain(Urn("gcp:projects/service:Service", "gcp-compute"));
    }

    [Fact]
    public async Task NamesAndCertificate_WaitForNothingOnTheCluster()
    {
        var rehearsed = await Production.Value;
        var early = rehearsed
            .Resources.Where(resource =>
                resource.Type.StartsWith("gcp:dns/", StringComparison.Ordinal) || resource.Type.StartsWith("gcp:certificatemanager/", StringComparison.Ordinal))
            .ToList();

        early.Count.ShouldBeGreaterThan(8);
        early.ShouldAllBe(resource =>
            !rehearsed
                .Outliving(resource)
                .Any(urn => urn.Contains("::kubernetes:", StringComparison.Ordinal) || urn.Contains("$kubernetes:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InProduction_WhatCannotBeReplacedIsProtected()
    {
        var rehearsed = await Production.Value;
        var stateful = rehearsed.Resources.Where(resource => Stateful.Contains(resource.Type)).ToList();

        stateful.Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal).ShouldBe(Stateful);
        stateful.Where(resource => !resource.Protect).Select(resource => resource.Urn.ToString()).ShouldBeEmpty();
        // What a number makes anew is not protected, what keeps it is.
        rehearsed.Resources.Where(resource => resource.Protect && resource.Type.Split(':')[0] is "random" or "tls").ShouldBeEmpty();
        rehearsed.Named("kubernetes:core/v1:Secret", "registration-token-token").Protect.ShouldBeTrue();
        rehearsed.Named("kubernetes:core/v1:Secret", "signing-key").Protect.ShouldBeTrue();
    }

    [Fact]
    public async Task TheDevStack_CanBeThrownAway()
    {
        var rehearsed = await Rehearsed.Of("stacks/examples/Pulumi.gke-dev.yaml");

        rehearsed.Resources.Where(resource => resource.Protect || resource.RetainOnDelete).Select(resource => resource.Urn.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAdoptedCluster_IsReadAndNeverWritten()
    {
        var rehearsed = await Rehearsed.Of("stacks/examples/Pulumi.gke-adopt.yaml");

        rehearsed
            .Resources.Select(resource => resource.Type)
            .Intersect(["gcp:container/cluster:Cluster", "gcp:container/nodePool:NodePool", "gcp:compute/network:Network", "gcp:dns/managedZone:ManagedZone"])
            .ShouldBeEmpty();
    }
}
