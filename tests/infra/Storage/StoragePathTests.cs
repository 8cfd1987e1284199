using FsCheck;
using FsCheck.Fluent;
using Infra.Storage;

namespace Tests.Infra.Storage;

// Promise: a claim's directory never leaves the storage it was given.
public sealed class StoragePathTests
{
    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/", "a", "/a")]
    [InlineData("/export", "", "/export")]
    [InlineData("/export/", "a/b", "/export/a/b")]
    public void Join_PutsOneSlashBetween(string root, string directory, string expected) => StoragePath.Join(root, directory).ShouldBe(expected);

    [Theory]
    [InlineData("export")]
    [InlineData("")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    public void Rejects_RootsThatAreNotAbsolute(string root) => Should.Throw<FormatException>(() => StoragePath.Join(root, "")).Message.ShouldBe(
        $"'{root}' is not an absolute path: it must start with '/' and have no empty part, '.' or '..'.");

    [Theory]
    [InlineData("/a")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a/")]
    public void Rejects_DirectoriesThatLeaveTheStorage(string directory) => Should.Throw<FormatException>(() => StoragePath.Join("/export", directory)).Message.ShouldBe(
        $"'{directory}' is not a directory below the storage: it must be relative, without empty parts, '.' or '..'.");

    [Fact]
    public void Join_StaysBelowItsRoot() => Prop.ForAll<NonNull<string>>(directory =>
        !StoragePath.IsDirectory(directory.Get) || Path.GetFullPath(StoragePath.Join("/export", directory.Get)).StartsWith("/export", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
}
