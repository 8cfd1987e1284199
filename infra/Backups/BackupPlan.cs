using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Backup;
using Pulumi.Aws.Backup.Inputs;
using Pulumi.Aws.Iam;

namespace Infra.Backups;

/// <summary>A plan of AWS Backup that copies what this program keeps data in into a vault, and from there into the vault of another region.</summary>
public sealed class BackupPlan : ComponentResource
{
    private const string Token = "platform:backups:BackupPlan";
    private const string RuleName = "scheduled";

    // Minutes in which a backup has to start; AWS gives up after eight hours otherwise, and the next one finds the first still waiting.
    private const int StartWindowMinutes = 60;

    /// <summary>Id of the plan; resolves when it has something to do.</summary>
    [Output("planId")]
    public Output<string> PlanId { get; private set; }

    /// <summary>ARN of the role that restores what the plan has kept; resolves when it may.</summary>
    [Output("restoreRoleArn")]
    public Output<string> RestoreRoleArn { get; private set; }

    public BackupPlan(string name, BackupPlanArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var backup = MakeRole($"{name}-role", "Backups", "AWSBackupServiceRolePolicyForBackup", args);
        RestoreRoleArn = MakeRole($"{name}-restore-role", "Restores", "AWSBackupServiceRolePolicyForRestores", args);
        var plan = new Plan(name, new PlanArgs { Rules = { Rule(args) } }, new CustomResourceOptions { Parent = this });
        var selection = new Selection(
            $"{name}-selection",
            new SelectionArgs { PlanId = plan.Id, IamRoleArn = backup, Resources = args.ResourceArns },
            new CustomResourceOptions { Parent = this });
        PlanId = selection.PlanId;
        RegisterOutputs();
    }

    // Apart, because whoever may start a restore needs more than a nightly backup does.
    private Output<string> MakeRole(string name, string what, string policy, BackupPlanArgs args)
    {
        var role = AccountRole.Make(name, args.Account, TrustPolicies.Backup().ToJson(), $"{what} of {args.DisplayName} by AWS Backup", this);
        var attachment = new RolePolicyAttachment(
            $"{name}-policy",
            new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy($"service-role/{policy}") },
            new CustomResourceOptions { Parent = this });
        return role.Arn.After(attachment.Id);
    }

    private static PlanRuleArgs Rule(BackupPlanArgs args)
    {
        var rule = new PlanRuleArgs
        {
            RuleName = RuleName,
            Schedule = args.Schedule,
            StartWindow = StartWindowMinutes,
            TargetVaultName = args.VaultName,
            Lifecycle = new PlanRuleLifecycleArgs { DeleteAfter = args.Retention.Days },
            RecoveryPointTags = args.Tags,
        };
        if (args.Retention.ColdAfterDays is { } cold)
        {
            rule.Lifecycle = new PlanRuleLifecycleArgs { ColdStorageAfter = cold, DeleteAfter = args.Retention.Days };
        }

        if (args.Copy is { } copy)
        {
            rule.CopyActions.Add(new PlanRuleCopyActionArgs
            {
                DestinationVaultArn = copy.VaultArn,
                Lifecycle = new PlanRuleCopyActionLifecycleArgs { DeleteAfter = copy.RetentionInDays },
            });
        }

        return rule;
    }
}

/// <summary>What is kept, when, where and for how long.</summary>
public sealed class BackupPlanArgs : ResourceArgs
{
    /// <summary>Three in the morning, UTC.</summary>
    public const string DefaultSchedule = "cron(0 3 * * ? *)";

    public const int DefaultRetentionInDays = 35;
    public required AwsAccount Account { get; init; }

    /// <summary>Whose backups they are, for readers of the console.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Name of the vault.</summary>
    public required Input<string> VaultName { get; init; }

    /// <summary>What is kept, by ARN.</summary>
    public required InputList<string> ResourceArns { get; init; }

    /// <summary>Tags of the recovery points, which the provider's default tags do not reach.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }

    /// <summary>When, as AWS Backup writes it: six fields in UTC. Default every night.</summary>
    public string Schedule { get; init; } = DefaultSchedule;

    /// <summary>Default 35 days, none of them in cold storage.</summary>
    public BackupRetention Retention { get; init; } = new(DefaultRetentionInDays, null);

    /// <summary>A second copy in another region. Default none.</summary>
    public BackupCopy? Copy { get; init; }
}

/// <summary>How long a recovery point is kept.</summary>
/// <param name="Days">Days until it is deleted.</param>
/// <param name="ColdAfterDays">Days until it goes to cold storage, where it is cheap to keep and slow to read; null for never.</param>
public sealed record BackupRetention(int Days, int? ColdAfterDays)
{
    /// <summary>Days that a recovery point has to stay in cold storage (AWS Backup API reference, Lifecycle).</summary>
    public const int FewestColdDays = 90;

    /// <summary>Longest that AWS Backup keeps a recovery point in a plan, other than for ever.</summary>
    public const int MostDays = 36500;
}

/// <summary>Where the second copy goes.</summary>
/// <param name="VaultArn">A vault of another region.</param>
/// <param name="RetentionInDays">Days that the copy is kept there.</param>
public sealed record BackupCopy(Input<string> VaultArn, int RetentionInDays);
