using Infra.Secrets;
using Pulumi;
using Pulumi.Tls;

namespace Infra.Workbench;

/// <summary>
/// The two keys that all replicas of Workbench share: with the launcher's the server signs what it asks of the launcher, with the other it signs cookies.
/// </summary>
/// <remarks>The chart would make both by itself, but anew in every preview, and would not mount them (rstudio/helm issue 431).</remarks>
public sealed class WorkbenchKeys : ComponentResource
{
    private const string Token = "platform:workbench:WorkbenchKeys";

    // The keys that the chart projects into the server's pod.
    private const string LauncherKey = "launcher.pem";
    private const string CookieKey = "secure-cookie-key";
    private const int RsaBits = 2048;

    // Letters and digits: 64 of them carry more than the 256 bits of the cipher.
    private const int CookieKeyLength = 64;

    /// <summary>Physical name of the Secret with the launcher's key; resolves when it exists.</summary>
    [Output("launcherSecret")]
    public Output<string> LauncherSecret { get; private set; }

    /// <summary>Physical name of the Secret with the cookies' key; resolves when it exists.</summary>
    [Output("cookieSecret")]
    public Output<string> CookieSecret { get; private set; }

    public WorkbenchKeys(string name, WorkbenchKeysArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var below = new ComponentResourceOptions { Parent = this };
        var pair = RotatedKey.Make(this, $"{name}-launcher-pair", new PrivateKeyArgs { Algorithm = "RSA", RsaBits = RsaBits }, args.LauncherRotation);
        LauncherSecret = new GivenSecret(
            $"{name}-launcher", new GivenSecretArgs { Namespace = args.Namespace, Key = LauncherKey, Value = pair.PrivateKeyPem }, below).SecretName;
        CookieSecret = new TrackedSecret(
            $"{name}-cookie",
            new TrackedSecretArgs { Namespace = args.Namespace, Key = CookieKey, Length = CookieKeyLength, Rotation = args.CookieRotation },
            below).SecretName;
        RegisterOutputs();
    }
}

/// <summary>Where the keys of Workbench go, and which they are.</summary>
public sealed class WorkbenchKeysArgs : ResourceArgs
{
    public const int DefaultLauncherRotation = 1;
    public const int DefaultCookieRotation = 1;

    /// <summary>Namespace of the server.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Changing the number makes the launcher's key anew. Default 1.</summary>
    public int LauncherRotation { get; init; } = DefaultLauncherRotation;

    /// <summary>Changing the number makes the cookies' key anew: everybody signs in again. Default 1.</summary>
    public int CookieRotation { get; init; } = DefaultCookieRotation;

    [Input("launcherRotation")]
    internal Input<int> ShownLauncherRotation => LauncherRotation;
}
