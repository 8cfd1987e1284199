using FsCheck;
using FsCheck.Fluent;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Secrets;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.State;

// Promise: a state that is read and written again is the same, byte for byte, whoever wrote it; and no secret leaves it.
public class CheckpointTests
{
    // As `pulumi stack export` prints it; `b64` seals with base64, as the CLI's own tests do
    private const string Export = """
        {
            "version": 4,
            "features": [
                "hooks",
                "taint"
            ],
            "deployment": {
                "manifest": {
                    "time": "2026-11-25T18:37:22.408387606Z",
                    "magic": "",
                    "version": "3.274.1"
                },
                "secrets_providers": {
                    "type": "b64",
                    "state": {}
                },
                "resources": [
                    {
                        "urn": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s",
                        "custom": false,
                        "type": "pulumi:pulumi:Stack",
                        "outputs": {
                            "note": "a <b> & c \u2028 \u001b ä\n",
                            "numbers": [
                                1,
                                -0.25,
                                1e+21,
                                1.5e-9,
                                123456789012345680000
                            ],
                            "secret": {
                                "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                                "ciphertext": "eyJrIjpbMSwidHdvIl19"
                            }
                        },
                        "created": "2026-11-25T18:37:09.007413221Z",
                        "modified": "2026-11-25T18:37:09.007413221Z"
                    },
                    {
                        "urn": "urn:pulumi:s::p::pulumi:providers:random::default",
                        "custom": true,
                        "id": "45491088-7403-44e4-b327-a7fd802a2d54",
                        "type": "pulumi:providers:random",
                        "inputs": {
                            "__internal": {}
                        }
                    },
                    {
                        "urn": "urn:pulumi:s::p::random:index/randomPet:RandomPet::a",
                        "custom": true,
                        "delete": true,
                        "id": "fit-seal",
                        "type": "random:index/randomPet:RandomPet",
                        "parent": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s",
                        "protect": true,
                        "taint": true,
                        "external": true,
                        "dependencies": [
                            "urn:pulumi:s::p::pulumi:providers:random::default"
                        ],
                        "initErrors": [
                            "not yet"
                        ],
                        "provider": "urn:pulumi:s::p::pulumi:providers:random::default::45491088-7403-44e4-b327-a7fd802a2d54",
                        "propertyDependencies": {
                            "length": [],
                            "prefix": null
                        },
                        "pendingReplacement": true,
                        "additionalSecretOutputs": [
                            "b",
                            "a"
                        ],
                        "aliases": [
                            "urn:pulumi:s::p::random:index/randomPet:RandomPet::z"
                        ],
                        "customTimeouts": {
                            "create": 60,
                            "delete": 0.5
                        },
                        "importID": "x",
                        "retainOnDelete": true,
                        "deletedWith": "urn:pulumi:s::p::pulumi:providers:random::default",
                        "replaceWith": [
                            "urn:pulumi:s::p::pulumi:providers:random::default"
                        ],
                        "created": "2026-11-25T18:37:10Z",
                        "sourcePosition": "project:///Program.cs#1,2",
                        "ignoreChanges": [
                            "*"
                        ],
                        "replaceOnChanges": [
                            "length"
                        ],
                        "hideDiff": [
                            "prefix"
                        ],
                        "replacementTrigger": {
                            "rotation": 1
                        },
                        "someNewField": {
                            "x": [
                                true
                            ]
                        },
                        "resourceHooks": {
                            "AfterDelete": [
                                "a",
                                "b"
                            ],
                            "OnError": [
                                "c"
                            ]
                        }
                    }
                ],
                "pending_operations": [
                    {
                        "resource": {
                            "urn": "urn:pulumi:s::p::random:index/randomPet:RandomPet::b",
                            "custom": true,
                            "type": "random:index/randomPet:RandomPet"
                        },
                        "type": "creating"
                    }
                ],
                "metadata": {
                    "integrity_error": null
                },
                "snippets": []
            }
        }

        """;

    [Fact]
    public void AnExport_ComesBackByteForByte() => CheckpointWriter.Write(Read(Export)).ShouldBe(Export);

    [Fact]
    public void Secrets_AreOpenOnlyWhereAskedFor()
    {
        var open = CheckpointWriter.Write(Read(Export), showSecrets: true);

        open.ShouldContain("""
                                "plaintext": "{\"k\":[1,\"two\"]}"
            """);
        CheckpointWriter.Write(Read(open)).ShouldContain("\"ciphertext\": \"eyJrIjpbMSwidHdvIl19\"");
    }

    [Fact]
    public void Properties_SurviveTheFile_AndSoDoesTheirSecrecy() => Prop.ForAll(PropertyGenerator.Maps, map =>
    {
        var state = new Checkpoint { Secrets = new StateSecrets(StateSecrets.Base64Provider, () => null), Manifest = "{}", Resources = [Resource(map)] };
        var text = CheckpointWriter.Write(state);
        var read = Read(text);

        CheckpointWriter.Write(read).ShouldBe(text);
        read.Resources[0].Inputs.ContainsSecrets.ShouldBe(map.ContainsSecrets);
        CheckpointWriter.Write(Read(CheckpointWriter.Write(state, showSecrets: true)) with { Secrets = state.Secrets }).ShouldBe(text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ASealedState_ShowsNoSecret_AndOpensWithItsPassphrase()
    {
        var sealer = PassphraseSealer.Create("pass");
        var state = new Checkpoint
        {
            Secrets = new StateSecrets(StateSecrets.PassphraseProvider, () => sealer),
            Resources = [Resource(PropertyMap.Create(("key", new SecretProperty(new StringProperty("m4rker")))))],
        };
        var text = CheckpointWriter.Write(state);

        text.ShouldNotContain("m4rker");
        CheckpointReader.Read(text, "f", salt => PassphraseSealer.Open("pass", salt)).Resources[0].Inputs["key"]
            .ShouldBe(new SecretProperty(new StringProperty("m4rker")));
        var closed = CheckpointReader.Read(text, "f", _ => null);
        closed.Secrets.MetClosed.ShouldBeTrue();
        CheckpointWriter.Write(closed with { Manifest = "{}" }).ShouldBe(CheckpointWriter.Write(state with { Manifest = "{}" }));
    }

    [Theory]
    [InlineData("{\"version\": 5, \"deployment\": {}}", "f is a state of version 5; this engine reads versions 1 to 4.")]
    [InlineData("{\"version\": 4, \"features\": [\"time-travel\"], \"deployment\": {}}", "f needs features that this engine does not know: time-travel.")]
    [InlineData("{\"version\": 3, \"deployment\": {\"resources\": [{\"urn\": \"no\"", "f is damaged or no state of Pulumi's: ")]
    [InlineData("{\"version\": 3, \"deployment\": {\"resources\": [{\"urn\": \"no\"}]}}", "f is damaged or no state of Pulumi's: resource 'no': 'no' is not")]
    [InlineData("{}", "f is damaged or no state of Pulumi's: it has no `version`")]
    public void Rejects_WhatItCannotRead(string text, string problem)
    {
        var thrown = Should.Throw<BadInputException>(() => Read(text));
        thrown.Message.ShouldStartWith(problem);
        thrown.ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"version": 1, "latest": {"resources": [{"urn": "urn:pulumi:s::p::t:i:T::n", "custom": false}]}}""")]
    [InlineData(
        """{"version": 2, "checkpoint": {"stack": "s", "latest": {"resources": [{"urn": "urn:pulumi:s::p::t:i:T::n", "custom": false, "type": "t:i:T"}]}}}"""
    )]
    [InlineData(
        """{"version": 4, "features": ["taint"], "deployment": {"resources": [{"urn": "urn:pulumi:s::p::t:i:T::n", "custom": false, "type": "t:i:T"}]}}"""
    )]
    public void OtherVersions_AreRead(string text) => Read(text).Resources.ShouldHaveSingleItem().Type.ShouldBe("t:i:T");

    [Fact]
    public void Problems_OfOrderAndReferences_AreNamed()
    {
        var (a, b) = (Rehearsed.UrnOf("t:i:T", "a"), Rehearsed.UrnOf("t:i:T", "b"));
        var (one, two) = (new ResourceState { Urn = a, Type = "t:i:T", Dependencies = [b] }, new ResourceState { Urn = b, Type = "t:i:T" });

        new Checkpoint { Resources = [two, one] }.Problem().ShouldBeNull();
        new Checkpoint { Resources = [one, two] }.Problem().ShouldBe($"resource '{a}' depends on '{b}', which comes after it");
        new Checkpoint { Resources = [one] }.Problem().ShouldBe($"resource '{a}' depends on '{b}', which is not there");
        new Checkpoint { Resources = [two, two] }.Problem().ShouldBe($"resource '{b}' is there twice");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e-7, "-1.25e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1e100, "1e+100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e23, "1e+23")]
    [InlineData(-1e23, "-1e+23")]
    public void Numbers_AreWrittenAsGoWritesThem(double number, string text) => GoJson.Format(number).ShouldBe(text);

    private static Checkpoint Read(string text) => CheckpointReader.Read(text, "f", _ => null);

    private static ResourceState Resource(PropertyMap inputs)
        => new() { Urn = Rehearsed.UrnOf("t:i:T", "n"), Type = "t:i:T", Custom = true, Id = "1", Inputs = inputs };
}
