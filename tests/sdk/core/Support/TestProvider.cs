using Pulumi;

namespace Tests.Sdk.Core.Support;

/// <summary>A provider of the package that the widgets come from.</summary>
internal sealed class TestProvider(string name) : ProviderResource("test", name, ResourceArgs.Empty, null, null);
