using System.Reflection;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Tests.Stacks.Settings;

// Promise: a record that has kinds is closed: whatever derives from it has a key in the stack file, and every key has a record of its own.
public sealed class KindsTests
{
    private static readonly Type[] Settings =
    [
        .. typeof(PlatformSettings).Assembly.GetTypes().Where(type => type.Namespace == typeof(PlatformSettings).Namespace),
    ];

    public static TheoryData<string> Bases =>
        [.. Settings.Where(type => type.GetCustomAttributes<KindAttribute>(inherit: false).Any()).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Bases))]
    public void EveryKind_HasAKey(string name)
    {
        var settings = Settings.Single(type => type.Name == name);
        var kinds = RecordDeclaration.For(settings).Kinds;

        kinds.Select(kind => kind.Kind!.Name).Order(StringComparer.Ordinal).ShouldBe(
            Settings.Where(type => type.IsSubclassOf(settings) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal));
        kinds.Select(kind => kind.Key).ShouldBeUnique();
        settings.IsAbstract.ShouldBeTrue();
        settings
            .GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance)
            .Single(constructor => constructor.GetParameters().Length == 0)
            .IsFamilyAndAssembly.ShouldBeTrue();
    }

    [Fact]
    public void TheConceptsWithKinds_AreThese() =>
        Bases
            .Cast<object[]>()
            .Select(row => (string)row[0])
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "AcmeSolverSettings",
                "CertManagerSettings",
                "CertificateSettings",
                "CloudArmorSettings",
                "ClusterSettings",
                "CodeStudioBlockSettings",
                "CodeStudioIngressSettings",
                "CodeStudioPermissionsSettings",
                "DnsSettings",
                "EksNetworkSettings",
                "ExternalDnsSettings",
                "GkeIngressCertificateSettings",
                "GkeNetworkSettings",
                "GkeUpgradeSettings",
                "PostgresSettings",
                "RedisSettings",
                "StorageSettings",
                "StudiosIngressSettings",
                "WebAclSettings",
                "WorkbenchIngressSettings",
                "WorkbenchLicenseSettings",
                "WorkbenchSignInSettings",
            ]);
}
