using Generator.Naming;

namespace Generator.Emit;

/// <summary>Writes what the classes of a package share: the attribute with the token, the version, and defaults from the environment.</summary>
public static class SupportEmitter
{
    public static string File(Names names, string version)
    {
        var prefix = names.Root.Split('.')[1];
        return $$"""
            #nullable enable
            namespace {{names.Root}}
            {
                internal sealed class {{prefix}}ResourceTypeAttribute : global::Pulumi.ResourceTypeAttribute
                {
                    public {{prefix}}ResourceTypeAttribute(string type)
                        : base(type, Utilities.Version)
                    {
                    }
                }

                internal static class Utilities
                {
                    public const string Version = {{Literals.Text(version)}};

                    private static readonly string[] True = ["1", "t", "T", "true", "TRUE", "True"];
                    private static readonly string[] False = ["0", "f", "F", "false", "FALSE", "False"];

                    public static string? GetEnv(params string[] names)
                    {
                        foreach (var name in names)
                        {
                            if (global::System.Environment.GetEnvironmentVariable(name) is { } value)
                            {
                                return value;
                            }
                        }

                        return null;
                    }

                    public static bool? GetEnvBoolean(params string[] names)
                    {
                        var value = GetEnv(names);
                        return global::System.Linq.Enumerable.Contains(True, value) ? true : global::System.Linq.Enumerable.Contains(False, value) ? false : null;
                    }

                    public static int? GetEnvInt32(params string[] names) => int.TryParse(GetEnv(names), out var value) ? value : null;

                    public static double? GetEnvDouble(params string[] names) =>
                        double.TryParse(GetEnv(names), global::System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

                    public static global::Pulumi.InvokeOptions WithDefaults(global::Pulumi.InvokeOptions? options) => new()
                    {
                        Parent = options?.Parent,
                        Provider = options?.Provider,
                        PluginDownloadURL = options?.PluginDownloadURL,
                        Version = options?.Version ?? Version,
                    };

                    public static global::Pulumi.InvokeOutputOptions WithDefaults(global::Pulumi.InvokeOutputOptions? options) => new()
                    {
                        Parent = options?.Parent,
                        Provider = options?.Provider,
                        PluginDownloadURL = options?.PluginDownloadURL,
                        Version = options?.Version ?? Version,
                        DependsOn = options?.DependsOn ?? [],
                    };
                }
            }

            """;
    }
}
