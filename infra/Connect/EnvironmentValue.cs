namespace Infra.Connect;

/// <summary>What an environment variable is set to: a text, or something that the component fills in.</summary>
public abstract record EnvironmentValue
{
    private EnvironmentValue()
    {
    }

    public sealed record Text(string Value) : EnvironmentValue;

    public sealed record From(ConnectSource Source) : EnvironmentValue;

    public static implicit operator EnvironmentValue(string value) => new Text(value);

    public static implicit operator EnvironmentValue(ConnectSource source) => new From(source);
}
