using Pulumi;
using Pulumi.Aws;
using Pulumi.Aws.Inputs;

namespace Infra.Accounts;

/// <summary>One region of one AWS account: the provider that everything there is made with.</summary>
public sealed class AwsAccount : ComponentResource
{
    private const string Token = "platform:accounts:AwsAccount";

    /// <summary>The twelve digits of the account whose credentials run the program; resolves in a preview too.</summary>
    [Output("accountId")]
    public Output<string> AccountId { get; private set; }

    public Pulumi.Aws.Provider Provider { get; }

    /// <summary>The region, which decides the names of zones and services and is therefore a plain value.</summary>
    public AwsRegion Region { get; }

    public AwsAccount(string name, AwsAccountArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Region = args.Region;
        Provider = new Pulumi.Aws.Provider(
            $"{name}-provider",
            new Pulumi.Aws.ProviderArgs
            {
                Region = args.Region.Name,
                AllowedAccountIds = args.AllowedAccountIds,
                DefaultTags = new ProviderDefaultTagsArgs { Tags = args.Tags },
            },
            new CustomResourceOptions { Parent = this });
        AccountId = GetCallerIdentity.Invoke(null, new InvokeOptions { Provider = Provider }).Apply(identity => identity.AccountId);
        RegisterOutputs();
    }
}
