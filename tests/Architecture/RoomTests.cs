using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Clusters;
using Pulumi;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a line lives in the room that may hold it.
public sealed class RoomTests
{
    private static readonly Assembly InfraAssembly = typeof(ICluster).Assembly;

    // What would let a component answer differently on another machine or another day.
    private static readonly string[] OutsideWorld =
    [
        "Pulumi.Config",
        "System.AppContext",
        "System.Console",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.Environment",
        "System.Guid",
        "System.Random",
        "System.TimeProvider",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    // Not all of System.Net: an IPAddress is a value, and planners of networks need it.
    private static readonly string[] Network =
    [
        "System.Net.Dns.",
        "System.Net.Http.",
        "System.Net.NetworkInformation.",
        "System.Net.Sockets.",
        "System.Net.WebClient.",
    ];

    [Fact]
    public void Infra_ReadsNoConfigNorEnvironmentNorClockNorFiles() => MembersUsedBy(InfraAssembly).Where(IsOutside).ShouldBeEmpty();

    [Fact]
    public void MembersUsedBy_FindsWhatAnAssemblyUses() => MembersUsedBy(typeof(RoomTests).Assembly).Where(IsOutside).ShouldContain("System.IO.File.OpenRead");

    [Fact]
    public void ThePictureOfAnUpdate_ShowsClassesAndMethodsThatThereAre()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var (start, end) = (text.IndexOf("### An update", StringComparison.Ordinal), text.IndexOf("`up`, `destroy` and", StringComparison.Ordinal));
        var picture = text[start..end];
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var names = typeof(global::Rehearsal.RehearsalHost).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(Any).Select(member => member.Name).Append(type.Name)).ToHashSet(StringComparer.Ordinal);

        // Words with a capital inside are names of the code, and so is what stands behind a point
        var shown = Regex.Matches(picture, @"\b[A-Z][a-z]+[A-Z]\w*|(?<=\w\.)[A-Z]\w+", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => match.Value).ToArray();
        shown.Length.ShouldBeGreaterThan(20);
        shown.Where(name => !names.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rehearsal/Rehearsal.csproj", "../infra/", "../stacks/", "../operate/")]
    [InlineData("infra/Infra.csproj", "../stacks/", "../rehearsal/", "../operate/")]
    [InlineData("stacks/Stacks.csproj", "../rehearsal/", "../operate/", "../tests/")]
    public void Project_KeepsItsDoorsShut(string project, params string[] rooms)
    {
        var references = XDocument
            .Load(Path.Combine(Repository.Root, project))
            .Descendants("ProjectReference")
            .Select(reference => (string)reference.Attribute("Include")!);

        references.Where(reference => rooms.Any(room => reference.Replace('\\', '/').StartsWith(room, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Components_EndInRegisterOutputs()
    {
        Components().Count.ShouldBeGreaterThan(5);

        // Without arguments it registers whatever carries [Output]: no list of names beside the properties can be forgotten.
        Components().SelectMany(component => component.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(constructor => LastCall(constructor) is not { Name: "RegisterOutputs" } call || call.GetParameters().Length > 0)
            .Select(constructor => constructor.DeclaringType!.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Tokens_NameConceptAndClass()
    {
        var expected = Components()
            .ToDictionary(
                component => component.FullName!,
                component => $"platform:{JsonNamingPolicy.CamelCase.ConvertName(component.Namespace!.Split('.')[^1])}:{component.Name}",
                StringComparer.Ordinal);
        var actual = Components().ToDictionary(component => component.FullName!, Token, StringComparer.Ordinal);

        actual.ShouldBe(expected, ignoreOrder: true);
        actual.Values.ShouldBeUnique();
    }

    internal static List<Type> Components() => [.. InfraAssembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComponentResource)) && !type.IsAbstract)];

    internal static string Token(Type component) =>
        (string?)component.GetField("Token", BindingFlags.Static | BindingFlags.NonPublic)?.GetRawConstantValue() ?? "no constant Token";

    // The compiler asks for the thread in every method that yields.
    private static bool IsOutside(string member) =>
        member != "System.Environment.get_CurrentManagedThreadId"
        && (OutsideWorld.Contains(member[..member.LastIndexOf('.')].TrimEnd('.')) || Network.Any(part => member.StartsWith(part, StringComparison.Ordinal)));

    private static HashSet<string> MembersUsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var members = metadata
            .MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference);
        return
        [
            .. members.Select(member =>
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
            }),
        ];
    }

    // A constructor ends in: call <4-byte token>, nop (debug builds only), ret.
    private static MethodBase? LastCall(ConstructorInfo constructor)
    {
        const byte nop = 0x00;
        const byte call = 0x28;
        const byte ret = 0x2A;

        var code = constructor.GetMethodBody()!.GetILAsByteArray()!;
        code[^1].ShouldBe(ret);
        for (var end = code.Length - 1; end >= code.Length - 3; end--)
        {
            if (code[end - 5] == call && code.AsSpan(end, code.Length - 1 - end).IndexOfAnyExcept(nop) < 0)
            {
                return constructor.Module.ResolveMethod(BitConverter.ToInt32(code, end - 4));
            }
        }

        return null;
    }
}
