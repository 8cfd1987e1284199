// Protects that the packages in use, bundled or official, have what the schemas say: classes, inputs, outputs and their marks.
using System.Reflection;
using Generator.Naming;
using Generator.Schema;
using Pulumi;

namespace Tests.Sdk.Generator;

public class GeneratedClassesTests
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, Assembly> Assemblies = new(StringComparer.Ordinal)
    {
        ["aws"] = typeof(global::Pulumi.Aws.Provider).Assembly,
        ["gcp"] = typeof(global::Pulumi.Gcp.Provider).Assembly,
        ["kubernetes"] = typeof(global::Pulumi.Kubernetes.Provider).Assembly,
        ["random"] = typeof(global::Pulumi.Random.Provider).Assembly,
        ["tls"] = typeof(global::Pulumi.Tls.Provider).Assembly,
    };

    public static TheoryData<string> Providers() => [.. Assemblies.Keys];

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryResource_HasItsClass_WithItsToken(string provider)
    {
        var (package, names) = Open(provider);
        var wrong = package.Resources.Keys.Where(token =>
            Assemblies[provider].GetType($"{names.Namespace(token)}.{Names.Last(token)}")?.GetCustomAttribute<ResourceTypeAttribute>()?.Type != token);

        wrong.ShouldBeEmpty();
    }

    // The engine knows the type; the official list that our classes are held to does not.
    [Fact]
    public void AResourceWithheldAsAWhole_IsInTheSchema_AndHasNoClass()
    {
        const string Volume = "aws:ebs/volume:Volume";

        SchemaFile.All["aws"].Root.GetProperty("resources").TryGetProperty(Volume, out _).ShouldBeTrue();
        Open("aws").Package.Resources.ShouldNotContainKey(Volume);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryInput_IsMarkedInTheArguments(string provider)
    {
        var (package, names) = Open(provider);
        var wrong =
            from resource in package.Resources
            let type = Assemblies[provider].GetType($"{Arguments(package, names, resource.Key)}.{Names.Last(resource.Key)}Args")
            from key in resource.Value.InputProperties.Keys
            let mark = Marks(type).FirstOrDefault(member => member.Name == key)
            where mark?.IsRequired != resource.Value.RequiredInputs.Contains(key)
            select $"{resource.Key}.{key}";

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryOutput_IsMarkedInTheClass(string provider)
    {
        var (package, names) = Open(provider);
        var wrong =
            from resource in package.Resources
            let type = Assemblies[provider].GetType($"{names.Namespace(resource.Key)}.{Names.Last(resource.Key)}")
            let marks = type.GetProperties(Any).Select(property => property.GetCustomAttribute<OutputAttribute>()?.Name).ToHashSet(StringComparer.Ordinal)
            from key in resource.Value.Properties.Keys
            where !marks.Contains(key)
            select $"{resource.Key}.{key}";

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryFunction_CanBeInvoked(string provider)
    {
        var (package, names) = Open(provider);
        var wrong = package.Functions.Keys.Where(token =>
            Assemblies[provider].GetType($"{names.Namespace(token)}.{Names.Last(token)}")?.GetMethod("InvokeAsync") is null);

        wrong.ShouldBeEmpty();
    }

    private static (PackageSpec Package, Names Names) Open(string provider)
    {
        var package = PackageSpec.Load(Path.Combine(SchemaFile.Folder, $"{provider}.json"));
        return (package, new Names(package));
    }

    private static string Arguments(PackageSpec package, Names names, string token) =>
        package.IsKubernetes ? names.TypeNamespace(token, Side.Args) : names.Namespace(token);

    // The attribute keeps its values to itself, in the official package too: they are read from the metadata.
    private static IEnumerable<Mark> Marks(Type? type) =>
        from member in type?.GetMembers(Any) ?? []
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(InputAttribute)
        select new Mark((string)data.ConstructorArguments[0].Value!, (bool)data.ConstructorArguments[1].Value!);

    private sealed record Mark(string Name, bool IsRequired);
}
