using Infra.Compose;

namespace Tests.Infra.Compose;

// Promise: an env file that is there is read as Docker Compose reads it, and keeps every line that is not set.
public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=1\n", "1")]
    [InlineData("A=1", "1")]
    [InlineData("export A=1\n", "1")]
    [InlineData("  A = 1 # one\n", "1")]
    [InlineData("A: '1'\n", "1")]
    [InlineData("A=1#2\n", "1#2")]
    [InlineData("A='1' # one\n", "1")]
    [InlineData("A=\"1\\n2\"\n", "1\n2")]
    [InlineData("A='1\n2'\n", "1\n2")]
    [InlineData("A=1\nA=2\n", "2")]
    [InlineData("#A=1\n", null)]
    [InlineData("A\n", null)]
    [InlineData("A=1\r\n", "1")]
    [InlineData("A='it\\'s'\n", "it's")]
    public void Value_IsWhatComposeReads(string file, string? value) => EnvFile.Read(file).Value("A").ShouldBe(value);

    [Theory]
    [InlineData("", "A=2\n")]
    [InlineData("# none\nB=1", "# none\nB=1\nA=2\n")]
    [InlineData("# one\nA=1\nB=1\n", "# one\nA=2\nB=1\n")]
    [InlineData("export A='1' # one\nB=1\n", "export A=2 # one\nB=1\n")]
    [InlineData("A=1\nB=1\nA=1\n", "A=1\nB=1\nA=2\n")]
    [InlineData("A: '2'\n", "A=2\n")]
    [InlineData("A=\"1\n1\"\nB=1\n", "A=2\nB=1\n")]
    [InlineData("A=2   # two\n", "A=2   # two\n")]
    [InlineData("A=1", "A=2")]
    public void With_ChangesOneLine(string file, string changed) => EnvFile.Read(file).With("A", "2").ToString().ShouldBe(changed);

    [Theory]
    [InlineData("A=1\nthis is no variable\n", "Line 2 is no comment and no variable: it must be written as NAME=value.")]
    [InlineData("A=1\n=2\n", "Line 2 is no comment and no variable: it must be written as NAME=value.")]
    [InlineData("A='secret\n", "Line 1: the quote before the value of A has no other one behind it.")]
    [InlineData("\nA='x' secret\n", "Line 2: something stands behind the closing quote of A, where only a comment may.")]
    [InlineData("{ \"A\": 1 }\n", "Line 1 is no comment and no variable: it must be written as NAME=value.")]
    public void Rejects_WhatIsNoEnvFile_WithoutSayingValues(string file, string message) =>
        Should.Throw<FormatException>(() => EnvFile.Read(file)).Message.ShouldBe(message);

    [Theory]
    [InlineData("A: '1'\nB=1\nC-D=1\nE = 1\nF=\n", "A, C-D, E")]
    [InlineData("A=1\nexport B='2'\n", "")]
    public void NotForShells_NamesWhatAShellDoesNotRead(string file, string names) => string.Join(", ", EnvFile.Read(file).NotForShells).ShouldBe(names);
}
