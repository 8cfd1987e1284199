namespace Tests.Sdk.Core.Support;

/// <summary>The programs find their engine through environment variables, so they run one after the other and beside no other test.</summary>
[CollectionDefinition(RecordingEngine.Collection, DisableParallelization = true)]
public sealed class EngineCollection;
