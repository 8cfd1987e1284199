using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Tests.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Auditing;

// Promise: each kind of risk is found where it is, is not found where it only looks alike, and no finding tells a secret.
public sealed class RulesTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string StatefulSet = "kubernetes:apps/v1:StatefulSet";
    private const string Role = "kubernetes:rbac.authorization.k8s.io/v1:Role";
    private const string Binding = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
    private const string Unknown = "\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"";

    [Theory]
    // What holds data
    [InlineData("aws:rds/instance:Instance", """{ "skipFinalSnapshot": true }""", null, "stateful-deleted: without a final snapshot")]
    [InlineData("aws:efs/fileSystem:FileSystem", """{ "encrypted": false }""", """{ "encrypted": true }""", "stateful-replaced: because of encrypted")]
    [InlineData("gcp:storage/bucket:Bucket", """{ "forceDestroy": true }""", null, "stateful-deleted: with all that is in it")]
    [InlineData("kubernetes:core/v1:PersistentVolumeClaim", "{}", null, "stateful-deleted: ")]
    [InlineData("kubernetes:core/v1:Namespace", """{ "metadata": { "name": "a" } }""", """{ "metadata": { "name": "b" } }""", "stateful-replaced: because of metadata.name")]
    [InlineData("azure-native:dbforpostgresql:Database", "{}", null, "stateful-deleted: ")]
    [InlineData("acme:index:Rocket", "{}", null, "unknown-gone: ")]
    [InlineData("kubernetes:core/v1:ConfigMap", "{}", null)]
    [InlineData("aws:iam/role:Role", "{}", null)]
    // Secrets, keys, certificates
    [InlineData("tls:index/privateKey:PrivateKey", """{ "algorithm": "ED25519" }""", """{ "algorithm": "RSA" }""", "key-rotated: because of algorithm")]
    [InlineData("random:index/randomPassword:RandomPassword", """{ "length": 20 }""", """{ "length": 30 }""", "secret-rotated: because of length")]
    [InlineData("kubernetes:core/v1:Secret", """{ "stringData": { "a": "hunter2" } }""", """{ "stringData": { "a": "hunter3" } }""", "secret-rotated: stringData")]
    // Software
    [InlineData(Deployment, """{ "spec": { "template": { "spec": { "containers": [{ "image": "a:1" }] } } } }""",
        """{ "spec": { "template": { "spec": { "containers": [{ "image": "a:2" }] } } } }""",
        "image-changed: spec.template.spec.containers[0].image: \"a:1\" => \"a:2\"", "restarted: its pods are replaced one after another")]
    [InlineData("kubernetes:helm.sh/v3:Release", """{ "chart": "a", "version": "1" }""", """{ "chart": "a", "version": "2" }""", "chart-changed: version: \"1\" => \"2\"")]
    [InlineData("aws:eks/cluster:Cluster", """{ "version": "1.34" }""", """{ "version": "1.35" }""", "version-changed: version: \"1.34\" => \"1.35\"")]
    // Replicas
    [InlineData(StatefulSet, """{ "spec": { "template": { "a": 1 } } }""", """{ "spec": { "template": { "a": 2 } } }""",
        "single-replica-downtime: spec.replicas: 1", "restarted: its pods are replaced one after another")]
    [InlineData(StatefulSet, """{ "spec": { "replicas": 1, "template": { "a": 1 } } }""", """{ "spec": { "replicas": 2, "template": { "a": 2 } } }""",
        "restarted: its pods are replaced one after another")]
    [InlineData(Deployment, """{ "spec": { "replicas": 1, "template": { "a": 1 } } }""", """{ "spec": { "replicas": 1, "template": { "a": 2 } } }""",
        "restarted: its pods are replaced one after another")]
    [InlineData(Deployment, """{ "spec": { "replicas": 1, "strategy": { "type": "Recreate" }, "template": { "a": 1 } } }""",
        """{ "spec": { "replicas": 1, "strategy": { "type": "Recreate" }, "template": { "a": 2 } } }""",
        "single-replica-downtime: spec.replicas: 1", "restarted: all its pods stop before new ones start")]
    [InlineData(Deployment, """{ "spec": { "selector": { "a": 1 } } }""", """{ "spec": { "selector": { "a": 2 } } }""", "workload-replaced: because of spec.selector.a")]
    [InlineData("gcp:redis/instance:Instance", """{ "memorySizeGb": 1 }""", """{ "memorySizeGb": 2 }""",
        "single-replica-downtime: tier: BASIC", "restarted: the cache fails over, or without a replica begins empty")]
    // Protection
    [InlineData("aws:rds/instance:Instance", """{ "deletionProtection": true, "backupRetentionPeriod": 7 }""", """{ "backupRetentionPeriod": 1 }""",
        "protection-removed: backupRetentionPeriod: 7 => 1", "protection-removed: deletionProtection: true is taken away")]
    [InlineData("aws:s3/bucket:Bucket", """{ "versioning": { "enabled": true } }""", "{}", "protection-removed: versioning.enabled: true is taken away")]
    [InlineData("kubernetes:policy/v1:PodDisruptionBudget", "{}", null, "protection-removed: it is deleted")]
    [InlineData("kubernetes:core/v1:PersistentVolume", """{ "spec": { "persistentVolumeReclaimPolicy": "Retain" } }""",
        """{ "spec": { "persistentVolumeReclaimPolicy": "Delete" } }""", "protection-removed: spec.persistentVolumeReclaimPolicy: \"Retain\" => \"Delete\"")]
    [InlineData("aws:rds/instance:Instance", """{ "skipFinalSnapshot": true }""", """{ "skipFinalSnapshot": false, "deletionProtection": true }""")]
    // Encryption
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", """{ "transitEncryptionMode": "required" }""", """{ "transitEncryptionMode": "preferred" }""",
        "encryption-weakened: transitEncryptionMode: \"required\" => \"preferred\"", "single-replica-downtime: it has no node to fail over to",
        "restarted: its nodes are replaced and connections end")]
    [InlineData("aws:lb/listener:Listener", """{ "protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06" }""",
        """{ "protocol": "HTTP", "sslPolicy": "ELBSecurityPolicy-2016-08" }""",
        "encryption-weakened: sslPolicy: \"ELBSecurityPolicy-TLS13-1-2-2021-06\" => \"ELBSecurityPolicy-2016-08\"",
            "encryption-weakened: protocol: \"HTTPS\" => \"HTTP\"")]
    [InlineData("aws:lb/listener:Listener", """{ "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06" }""", """{ "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" }""")]
    [InlineData("kubernetes:networking.k8s.io/v1:Ingress", """{ "spec": { "tls": [{ "hosts": ["a"] }] } }""", """{ "spec": {} }""",
        "encryption-weakened: spec.tls: [{\"hosts\":[\"a\"]}] is taken away")]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", """{ "settings": { "ipConfiguration": { "sslMode": "ENCRYPTED_ONLY" } } }""",
        """{ "settings": { "ipConfiguration": { "sslMode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED" } } }""",
        "encryption-weakened: settings.ipConfiguration.sslMode: \"ENCRYPTED_ONLY\" => \"ALLOW_UNENCRYPTED_AND_ENCRYPTED\"")]
    // Exposure and network
    [InlineData("aws:rds/instance:Instance", """{ "publiclyAccessible": false }""", """{ "publiclyAccessible": true }""", "public-exposure: publiclyAccessible: false => true")]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{ "ingress": [{ "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.0.0.0/8"] }] }""",
        """{ "ingress": [{ "fromPort": 443, "toPort": 443, "cidrBlocks": ["0.0.0.0/0"] }, { "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.0.0.0/8"] }] }""",
        "public-exposure: ingress[0].cidrBlocks[0]: 0.0.0.0/0", "network-widened: ingress: port 443 from 0.0.0.0/0")]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{ "egress": [] }""", """{ "egress": [{ "cidrBlocks": ["0.0.0.0/0"] }] }""")]
    [InlineData("aws:ec2/route:Route", null, """{ "destinationCidrBlock": "0.0.0.0/0" }""")]
    [InlineData("gcp:compute/firewall:Firewall", """{ "sourceRanges": ["10.0.0.0/8"] }""", """{ "sourceRanges": ["10.0.0.0/8", "10.1.0.0/16"] }""", "network-widened: \"10.1.0.0/16\"")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", "{}", null, "network-widened: the policy is deleted")]
    [InlineData("kubernetes:core/v1:Service", """{ "spec": { "type": "ClusterIP" } }""", """{ "spec": { "type": "LoadBalancer" } }""", "public-exposure: spec.type: LoadBalancer")]
    [InlineData("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "{}", null, "public-exposure: what blocked it is deleted")]
    // Permissions
    [InlineData("aws:iam/policy:Policy", """{ "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}]}" }""",
        """{ "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}" }""", "iam-widened: s3:* on *")]
    [InlineData("aws:iam/policy:Policy", """{ "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}" }""",
        """{ "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\"], \"Resource\": [\"arn:aws:s3:::a\"]}]}" }""")]
    [InlineData("aws:iam/policy:Policy", """{ "policy": "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}" }""",
        """{ "policy": "{\"Statement\": []}" }""", "iam-widened: no longer refused: s3:* on *")]
    [InlineData("aws:iam/rolePolicyAttachment:RolePolicyAttachment", null, """{ "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess" }""",
        "iam-wildcard: arn:aws:iam::aws:policy/AdministratorAccess", "iam-granted: arn:aws:iam::aws:policy/AdministratorAccess")]
    [InlineData("gcp:projects/iAMMember:IAMMember", null, """{ "role": "roles/owner", "member": "allUsers" }""",
        "public-exposure: member: allUsers", "iam-wildcard: roles/owner", "iam-granted: roles/owner", "iam-granted: allUsers as roles/owner")]
    [InlineData(Role, """{ "rules": [{ "apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"] }] }""",
        """{ "rules": [{ "apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["get"] }] }""", "rbac-widened: get of pods, secrets")]
    [InlineData(Role, """{ "rules": [{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list"] }] }""",
        """{ "rules": [{ "apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"] }] }""")]
    [InlineData(Binding, """{ "roleRef": { "kind": "ClusterRole", "name": "view" }, "subjects": [] }""",
        """{ "roleRef": { "kind": "ClusterRole", "name": "view" }, "subjects": [{ "kind": "User", "name": "me" }] }""", "rbac-widened: User me as ClusterRole view")]
    [InlineData(Binding, null, """{ "roleRef": { "kind": "ClusterRole", "name": "cluster-admin" }, "subjects": [{ "kind": "User", "name": "me" }] }""",
        "rbac-wildcard: User me as ClusterRole cluster-admin", "rbac-granted: User me as ClusterRole cluster-admin")]
    [InlineData(Deployment, """{ "spec": { "template": { "spec": { "containers": [{ "securityContext": { "runAsNonRoot": true } }] } } } }""",
        """{ "spec": { "template": { "spec": { "hostNetwork": true, "containers": [{ "securityContext": { "runAsNonRoot": false } }] } } } }""",
        "pod-privileges-widened: spec.template.spec.containers[0].securityContext.runAsNonRoot: true => false",
        "pod-privileges-widened: spec.template.spec.hostNetwork: true is added", "restarted: its pods are replaced one after another")]
    // Logs
    [InlineData("aws:eks/cluster:Cluster", """{ "enabledClusterLogTypes": ["api", "audit"] }""", """{ "enabledClusterLogTypes": ["api"] }""",
        "logging-removed: enabledClusterLogTypes[1]: \"audit\" is taken away")]
    [InlineData("aws:ec2/flowLog:FlowLog", "{}", null, "logging-removed: it is deleted")]
    // What only a deployment knows is no reason to worry
    [InlineData("aws:ec2/instance:Instance", $$"""{ "associatePublicIpAddress": {{Unknown}} }""", $$"""{ "associatePublicIpAddress": {{Unknown}} }""")]
    public void ARisk_IsFound(string type, string? old, string? @new, params string[] expected)
    {
        Side With(string? inputs) => inputs is null ? Deployed() : Deployed(Resource(type, "a", inputs));

        Found(With(old), With(@new)).ShouldBe(expected);
    }

    [Fact]
    public void Options_AreLookedAt_Too()
    {
        var data = Resource("aws:efs/fileSystem:FileSystem", "a") with { Protect = true, AdditionalSecretOutputs = ["key"] };

        Found(Deployed(data), Deployed(data with
        {
            Protect = false,
            AdditionalSecretOutputs = []
        })).ShouldBe(["protection-removed: protect: true is taken away", "secrecy-removed: key"]);
        Found(Deployed(data), Deployed()).ShouldBe(["stateful-deleted: ", "protected-gone: "]);
        Found(Deployed(data with { RetainOnDelete = true, Protect = false }), Deployed()).ShouldBe(["stateful-forgotten: "]);
    }

    [Fact]
    public void Rules_HaveANameOfTheirOwn_AndASentence()
    {
        Rules.All.Select(rule => rule.Id).ShouldBeUnique();
        Rules.All.ShouldAllBe(rule => rule.Reason.EndsWith('.') && !rule.Title.EndsWith('.') && rule.Id.All(letter => char.IsAsciiLetterLower(letter)
            || letter == '-'));
    }

    [Fact]
    public void Rules_StandInTheDocument() => File.ReadAllLines(Path.Combine(Repository.Root, "docs", "audit.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|').Length == 6)
        .ShouldBe(Rules.All.Select(rule => $"| `{rule.Id}` | {rule.Severity.Word()} | {rule.Title} | {rule.Reason} |"));

    [Fact]
    public void TheGravest_ComesFirst_ThenTheTreeDecides()
    {
        var audit = Audit.Of(Compare(
            Deployed(Resource("aws:efs/fileSystem:FileSystem", "z"), Resource("tls:index/privateKey:PrivateKey", "a", """{ "algorithm": "RSA" }""")),
            Deployed(Resource("tls:index/privateKey:PrivateKey", "a", """{ "algorithm": "ED25519" }"""))));

        audit.Findings.Select(finding => finding.Rule.Id).ShouldBe(["stateful-deleted", "key-rotated"]);
        audit.Summary.ShouldBe("1 critical, 1 medium");
        (audit.Reaches(Severity.Critical), audit.Reaches(null)).ShouldBe((true, false));
        (Audit.Of(Compare(Deployed(), Deployed())).Summary, Audit.Of(Compare(Deployed(), Deployed())).Reaches(Severity.Low)).ShouldBe(("no findings", false));
    }

    private static string[] Found(Side old, Side @new)
        => [.. Audit.Of(Compare(old, @new)).Findings.Select(finding => $"{finding.Rule.Id}: {finding.Detail}")];
}
