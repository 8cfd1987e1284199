using Infra.Databases;
using Infra.Manifests;
using Infra.Storage;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

/// <summary>Workbench as it runs for a team, for tests of what stands beside its release.</summary>
internal static class WorkbenchParts
{
    /// <summary>Deploys it against mocks.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="network">Which traffic is allowed; null for all of it.</param>
    /// <param name="prePull">What is pulled beforehand; null for nothing.</param>
    /// <param name="storage">Makes the storage; null for an existing class.</param>
    /// <param name="isProtected">Whether it is a production stack.</param>
    /// <param name="registry">A registry with copies of the chart's images.</param>
    /// <param name="port">Port of the database.</param>
    public static Task<Deployed> Deploy(
        WorkbenchPlan? plan = null,
        WorkbenchNetwork? network = null,
        WorkbenchPrePull? prePull = null,
        Func<ISharedStorage>? storage = null,
        bool isProtected = false,
        string? registry = null,
        int port = 5432) => Deployed.Of(options => new PositWorkbench(
            "workbench",
            new PositWorkbenchArgs
            {
                Chart = new() { ImageRegistry = registry },
                Database = new ExistingPostgres(
                    "database",
                    new ExistingPostgresArgs
                    {
                        Database = "workbench",
                        Host = "postgres.example.com",
                        Namespace = "posit-workbench",
                        PasswordSecret = "workbench-db",
                        Port = port,
                        User = "workbench",
                    }),
                Home = new("home", WorkbenchClaim.DefaultHomeName, Quantity.Parse("100Gi"), storage is null ? "" : "workbench/home"),
                Namespace = "posit-workbench",
                Network = network,
                Plan = plan ?? new() { LicenseServer = "license.example.com:8999" },
                PrePull = prePull,
                Protected = isProtected,
                Shared = new("shared", WorkbenchClaim.DefaultSharedName, Quantity.Parse("10Gi"), storage is null ? "" : "workbench/shared"),
                Storage = storage?.Invoke() ?? new ExistingClassStorage("nfs-rwx"),
            },
            options));
}
