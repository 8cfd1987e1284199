namespace Infra.Connect;

/// <summary>The values of a Connect pod that are secret or known only when something else exists.</summary>
public enum ConnectSource
{
    /// <summary>Host and port of Redis.</summary>
    RedisAddress,

    /// <summary>Password of Redis, from its Secret.</summary>
    RedisPassword,

    /// <summary>OIDC initial registration token, from its Secret.</summary>
    RegistrationToken,
}
