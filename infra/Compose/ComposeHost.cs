using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Infra.Networks;
using Infra.Storage;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Ec2.Inputs;
using Pulumi.Aws.Iam;
using Pulumi.Aws.Ssm;
using Pulumi.Aws.Ssm.Inputs;
using Pulumi.Aws.Vpc;

namespace Infra.Compose;

/// <summary>
/// An EC2 host that runs Seqera Platform with Data Studios by Docker Compose. Its files come by Systems Manager, so that they change under it; its data lies
/// on a volume of its own, which stays when the host is made anew. Stateful: it honours <see cref="ComposeHostArgs.Protected"/>.
/// </summary>
public sealed class ComposeHost : ComponentResource, IBackedUp
{
    private const string Token = "platform:compose:ComposeHost";

    // EC2 user guide, "Device names for volumes": recommended for EBS volumes of Linux.
    private const string Device = "/dev/sdf";

    // Seconds that a first update waits for the services.
    private const int Patience = 1800;

    /// <summary>Id of the instance; resolves when its data volume is attached.</summary>
    [Output("instanceId")]
    public Output<string> InstanceId { get; private set; }

    /// <summary>Id of the volume with all data; resolves when it exists.</summary>
    [Output("dataVolumeId")]
    public Output<string> DataVolumeId { get; private set; }

    /// <summary>Security group of the host.</summary>
    public Output<string> SecurityGroupId { get; }

    /// <summary>ARN of the data volume.</summary>
    public Output<string> Arn { get; }

    public ComposeHost(string name, ComposeHostArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        SecurityGroupId = MakeGroup(name, args);
        var volume = new DataVolume(
            $"{name}-data",
            new DataVolumeArgs
            {
                AvailabilityZone = ZoneOf(args.Network.PrivateSubnets[0]),
                Encrypted = true,
                KmsKeyId = args.KeyArn,
                Size = args.DataGiB,
                Tags = { ["Name"] = $"{args.DisplayName} data" },
                Type = "gp3",
            },
            new CustomResourceOptions
            {
                Parent = this,
                // What it holds stands in one zone for good; where the host may stand follows from it, and not the other way about.
                IgnoreChanges = { "availabilityZone" },
                Protect = args.Protected,
                RetainOnDelete = args.Protected,
            });
        Arn = volume.Arn;
        DataVolumeId = volume.Id;
        var instance = new Instance(
            name,
            Machine(args, MakeProfile(name, args)),
            new CustomResourceOptions { Parent = this, IgnoreChanges = args.ImageId is null ? ["ami"] : [] });
        var attachment = new VolumeAttachment(
            $"{name}-data-attachment",
            // A host that goes lets go of the disk at rest: MySQL has ended, and nothing is on its way.
            new VolumeAttachmentArgs { DeviceName = Device, InstanceId = instance.Id, StopInstanceBeforeDetaching = true, VolumeId = volume.Id },
            // A volume is attached to one host: the new attachment needs the old one gone.
            new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true });
        InstanceId = instance.Id.After(attachment.Id);
        Apply(name, args, volume);
        RegisterOutputs();
    }

    private void Apply(string name, ComposeHostArgs args, DataVolume volume)
    {
        var script = Output.Tuple(volume.Id, args.Secrets.SecretArn).Apply(known =>
            args.Script(new HostPlace(args.Account.Region.Name, known.Item1, known.Item2, args.GivenSecretArn, args.DataGiB)));
        var document = new Document(
            $"{name}-files",
            new DocumentArgs
            {
                Content = script.Apply(known => known.Document()),
                DocumentFormat = "JSON",
                DocumentType = "Command",
                TargetType = "/AWS::EC2::Instance",
            },
            new CustomResourceOptions { Parent = this });
        // State Manager runs it when it is made and whenever document, secret or host is another (API reference, UpdateAssociation).
        new Association(
            $"{name}-apply",
            new AssociationArgs
            {
                DocumentVersion = document.LatestVersion,
                Name = document.Name,
                Parameters =
                {
                    [HostScript.VersionParameter] = args.Secrets.VersionId,
                    [HostScript.FilesParameter] = script.Apply(known => known.Hash),
                },
                Targets = { new AssociationTargetArgs { Key = "InstanceIds", Values = { InstanceId } } },
                WaitForSuccessTimeoutSeconds = Patience,
            },
            new CustomResourceOptions { Parent = this });
    }

    private Output<string> MakeGroup(string name, ComposeHostArgs args)
    {
        // Ports are opened by who sends requests to them; nobody opens 22, since Session Manager needs no port.
        var group = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs { VpcId = args.Network.VpcId, Description = "Seqera Platform by Docker Compose", Ports = [] },
            new ComponentResourceOptions { Parent = this }).GroupId;
        new SecurityGroupEgressRule(
            $"{name}-out",
            new SecurityGroupEgressRuleArgs
            {
                SecurityGroupId = group,
                Description = "Registries, AWS, Git and mail servers",
                IpProtocol = "-1",
                CidrIpv4 = "0.0.0.0/0",
            },
            new CustomResourceOptions { Parent = this });
        return group;
    }

    private Output<string> MakeProfile(string name, ComposeHostArgs args)
    {
        var role = AccountRole.Make($"{name}-role", args.Account, TrustPolicies.Ec2Instances().ToJson(), $"Host of {args.DisplayName}", this);
        var managed = new RolePolicyAttachment(
            $"{name}-managed",
            new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy("AmazonSSMManagedInstanceCore") },
            new CustomResourceOptions { Parent = this });
        var secrets = new RolePolicy(
            $"{name}-secrets",
            new RolePolicyArgs
            {
                Role = role.Name,
                Policy = Output.Tuple(args.Secrets.SecretArn, args.Account.ArnOf("kms", "key/*")).Apply(known =>
                    HostPolicies.Secrets(args.Account.Region.Name, [known.Item1, args.GivenSecretArn], known.Item2).ToJson()),
            },
            new CustomResourceOptions { Parent = this });
        var profile = new InstanceProfile(
            $"{name}-profile", new InstanceProfileArgs { Role = role.Name, Path = args.Account.Roles.Path! }, new CustomResourceOptions { Parent = this });
        return profile.Name.After(Output.All(managed.Id, secrets.Id));
    }

    private InstanceArgs Machine(ComposeHostArgs args, Output<string> profile) => new()
    {
        Ami = args.ImageId is { } image ? image : NewestImage(args.Account.Region),
        AssociatePublicIpAddress = false,
        EbsOptimized = true,
        IamInstanceProfile = profile,
        InstanceType = args.InstanceType,
        MetadataOptions = new InstanceMetadataOptionsArgs
        {
            HttpEndpoint = "enabled",
            // One hop: containers have no business with the credentials of the host.
            HttpPutResponseHopLimit = 1,
            HttpTokens = "required",
            InstanceMetadataTags = "disabled",
        },
        RootBlockDevice = new InstanceRootBlockDeviceArgs
        {
            DeleteOnTermination = true,
            Encrypted = true,
            KmsKeyId = args.KeyArn,
            VolumeSize = args.RootGiB,
            VolumeType = "gp3",
        },
        SubnetId = args.Network.PrivateSubnets[0].Id,
        Tags = { ["Name"] = args.DisplayName },
        VpcSecurityGroupIds = { SecurityGroupId },
    };

    // AL2023 user guide, "Launching AL2023 using the SSM parameter": brings the agent of Systems Manager.
    private Output<string> NewestImage(AwsRegion region) => GetParameter.Invoke(
        new GetParameterInvokeArgs { Name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", Region = region.Name },
        new InvokeOptions { Parent = this }).Apply(found => found.InsecureValue);

    private Output<string> ZoneOf(NetworkSubnet subnet) =>
        GetSubnet.Invoke(new GetSubnetInvokeArgs { Id = subnet.Id }, new InvokeOptions { Parent = this }).Apply(found => found.AvailabilityZone);
}

/// <summary>What a host by Docker Compose is, and what it runs.</summary>
public sealed class ComposeHostArgs : ResourceArgs
{
    public const string DefaultInstanceType = "m6i.xlarge";
    public const int DefaultRootGiB = 50;
    public const int DefaultDataGiB = 100;
    public required AwsAccount Account { get; init; }

    /// <summary>The host stands in the first private subnet, and its data in that one's zone for good.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Shown as the <c>Name</c> tag.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Key of both disks.</summary>
    public required Input<string> KeyArn { get; init; }

    /// <summary>What it runs, once its place is known.</summary>
    public required Func<HostPlace, HostScript> Script { get; init; }

    /// <summary>The secrets that this program made for it.</summary>
    public required ComposeSecrets Secrets { get; init; }

    /// <summary>The operator's secret: credential of the registry, and variables.</summary>
    public required string GivenSecretArn { get; init; }

    /// <summary>With x86-64 processors, which the vendor's images are made for.</summary>
    public string InstanceType { get; init; } = DefaultInstanceType;

    /// <summary>Image of Amazon Linux 2023; another one makes the host anew. Default the newest when the host is made.</summary>
    public string? ImageId { get; init; }

    /// <summary>Disk of the system and of images.</summary>
    public int RootGiB { get; init; } = DefaultRootGiB;

    /// <summary>Disk of MySQL, Redis and the files; it can grow.</summary>
    public int DataGiB { get; init; } = DefaultDataGiB;

    /// <summary>Refuse deletion of the data volume through Pulumi and keep it when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>
/// An EBS volume. The official package has a class for it, in a part that the list which this program is held to does not show: so it is named by its type.
/// </summary>
internal sealed class DataVolume : CustomResource
{
    private const string TypeToken = "aws:ebs/volume:Volume";

    public DataVolume(string name, DataVolumeArgs args, CustomResourceOptions options)
        : base(TypeToken, name, args, options)
    {
    }

    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;
}

/// <summary>What a volume looks like.</summary>
internal sealed class DataVolumeArgs : ResourceArgs
{
    [Input("availabilityZone", required: true)]
    public required Input<string> AvailabilityZone { get; init; }

    [Input("encrypted")]
    public required Input<bool> Encrypted { get; init; }

    [Input("kmsKeyId")]
    public required Input<string> KmsKeyId { get; init; }

    /// <summary>GiB.</summary>
    [Input("size")]
    public required Input<int> Size { get; init; }

    [Input("tags")]
    public InputMap<string> Tags { get; init; } = [];

    [Input("type")]
    public required Input<string> Type { get; init; }
}
