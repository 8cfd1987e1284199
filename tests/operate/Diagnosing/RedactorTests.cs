using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Operate.Diagnosing;

namespace Tests.Operate.Diagnosing;

/// <summary>No secret leaves in any form: those that are known in none of their encodings, those that are not by their shape.</summary>
public sealed class RedactorTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Odd = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~äß€漢";

    [Fact]
    public void AKnownSecret_StaysInNoEncoding_HoweverItIsNested()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var secret = Secret(random);
            var redactor = new Redactor([]);
            redactor.Learn(secret);
            var levels = random.Next(1, 4);
            var text = $"before {Enumerable.Range(0, levels).Aggregate($"{Word(random)} {secret} {Word(random)}", (inner, _) => Encode(inner, random))} after";

            var clean = redactor.Apply(text);

            Leaks(clean, secret).ShouldBeNull($"seed {seed}, secret '{secret}' in '{text}' became '{clean}'");
            clean.ShouldStartWith("before ");
            clean.ShouldEndWith(" after");
        }
    }

    [Theory]
    [InlineData("base64 in JSON in base64")]
    [InlineData("base64url in a URL, percent-encoded twice")]
    [InlineData("a release of Helm")]
    [InlineData("base64 broken into lines of 76")]
    [InlineData("hexadecimal")]
    [InlineData("JSON with every letter as \\u")]
    [InlineData("base64 behind a prefix")]
    [InlineData("a line of YAML in quotes")]
    public void AKnownSecret_StaysIn_None(string form)
    {
        const string Secret = "Tr0ub4dor&3-höchst geheim";
        var text = form switch
        {
            "base64 in JSON in base64" => Base64(JsonSerializer.Serialize(new { auth = Base64($"robot:{Secret}"), other = 1 })),
            "base64url in a URL, percent-encoded twice" =>
                $"https://x.example.com/?state={Uri.EscapeDataString(Uri.EscapeDataString(Base64($"next={Secret}").Replace('+', '-').Replace('/', '_')))}",
            "a release of Helm" => Base64(Base64(Zip($"config: {{ a: {Secret} }}"))),
            "base64 broken into lines of 76" => string.Join(
                '\n',
                Base64(new string('x', 70) + Secret + new string('y', 90)).Chunk(76).Select(line => new string(line))),
            "hexadecimal" => Convert.ToHexString(Encoding.UTF8.GetBytes($"a={Secret}")),
            "JSON with every letter as \\u" => string.Concat(Secret.Select(letter => $"\\u{(int)letter:x4}")),
            "base64 behind a prefix" => $"session_user-a/{Base64(Base64($"{{\"k\":\"{Secret}\"}}"))}",
            _ => $"message: \"it's \\\"{Secret}\\\"\"",
        };
        var redactor = new Redactor([]);
        redactor.Learn(Secret);

        var clean = redactor.Apply($"start\n{text}\nend");

        clean.ShouldContain("[secret]");
        Leaks(clean, Secret).ShouldBeNull(clean);
        redactor.Counts.Values.Sum().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("level=info redis password=hunter2 connected", "hunter2")]
    [InlineData("CONNECT_REDIS_PASSWORD=hunter2", "hunter2")]
    [InlineData("{\"password\":\"hunter2\",\"user\":\"x\"}", "hunter2")]
    [InlineData("{\\\"clientSecret\\\":\\\"hunter2\\\"}", "hunter2")]
    [InlineData("password: correct horse battery", "battery")]
    [InlineData("  api-key: 'hunter2'", "hunter2")]
    [InlineData("spring.datasource.password = hunter2", "hunter2")]
    [InlineData("license-key: ABCD-EFGH-IJKL", "ABCD")]
    [InlineData("RSW_LICENSE=ABCD-EFGH", "ABCD")]
    [InlineData("exec: redis-server --requirepass-token hunter2", "hunter2")]
    [InlineData("redis://:p@ss/w0rd@redis.example.com:6379/0", "w0rd")]
    [InlineData("postgres://workbench:hunter2@db:5432/workbench?sslmode=require", "hunter2")]
    [InlineData("GET /x HTTP/1.1\nAuthorization: Basic aHVudGVyMjpodW50ZXIy", "aHVudGVy")]
    [InlineData("curl -H 'authorization: token hunter2-long-enough'", "hunter2")]
    [InlineData("\"Authorization\":\"Bearer abcdefghijklmnop\"", "abcdefgh")]
    [InlineData("Set-Cookie: user-id=alice|Thu; Path=/", "alice")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl used", "c2lnbmF0")]
    [InlineData("tower token eyJ0aWQiOiA0NzExfS4xMjM0NTY3ODkw.0123456789abcdef", "0123456789abcdef")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtn")]
    [InlineData("clone with ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_0123")]
    [InlineData("clone with github_pat_11ABCDEFG0abcdefghijkl_mnop", "11ABCDEFG0")]
    [InlineData("glpat-abcdefghij0123456789", "glpat-abc")]
    [InlineData("https://bucket.s3.amazonaws.com/x?X-Amz-Signature=0a1b2c3d4e&x=1", "0a1b2c3d4e")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabcdefgh\n-----END RSA PRIVATE KEY-----", "MIIEowIB")]
    [InlineData("\"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXk\\n-----END OPENSSH PRIVATE KEY-----\"", "b3BlbnNz")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2", "MHcCAQEE")]
    [InlineData("c29tZXRoaW5nIHNlY3JldCBoZXJl\nAAAAB3NzaC1yc2E=\n-----END PRIVATE KEY-----", "c29tZXRo")]
    [InlineData("a:\n  database-password: |\n    hunter2\n    more\n  b: kept", "hunter2")]
    [InlineData("YmVmb3JlIHBhc3N3b3JkPWh1bnRlcjIgYWZ0ZXI=", "aHVudGVy")]
    public void WhatLooksLikeASecret_GoesAsWell(string text, string secret)
    {
        var redactor = new Redactor([]);

        var clean = redactor.Apply(text);

        clean.ShouldContain("[secret]");
        clean.ShouldNotContain(secret);
        redactor.Counts.Values.Sum().ShouldBe(1, string.Join(", ", redactor.Counts.Keys));
    }

    [Theory]
    [InlineData("secretName: connect-redis")]
    [InlineData("    secretKeyRef:\n      key: password\n      name: connect-redis")]
    [InlineData("imagePullSecrets:\n  - name: cr.seqera.io")]
    [InlineData("automountServiceAccountToken: false")]
    [InlineData("expirationSeconds: 3607")]
    [InlineData("registrationTokenSecret: platform-oidc-token")]
    [InlineData("traefik.ingress.kubernetes.io/service.sticky.cookie: \"true\"")]
    [InlineData("MountVolume.SetUp failed for volume \"k\" : secret \"connect-ssh-key\" not found")]
    [InlineData("https://registry.example.com:5000/v2/seqera/connect?ns=docker.io")]
    [InlineData("auth-openid=1\nauth-openid-issuer=https://login.example.com\nwww-port=8787")]
    [InlineData(
        "2026-11-26T10:00:00Z Normal ×1 Pulled Pod/connect-proxy-7d9f8-abcde: Container image "
        + "\"cr.seqera.io/public/data-studio-connect-proxy:0.12.0\" already present"
    )]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----")]
    [InlineData(" +   │  ├─ tls:index/privateKey:PrivateKey                         signing-key-pair                         create")]
    [InlineData("urn:pulumi:dev::platform::platform:tower:TowerLauncher$platform:tower:LauncherToken::research-token")]
    [InlineData("env[TOKEN].valueFrom.secretKeyRef.key = token; x = y")]
    [InlineData("secure-cookie-key-file=/mnt/secret-configmap/rstudio/secure-cookie-key")]
    [InlineData("C:\\Windows and a\\b and \\\"quotes\\\"")]
    public void WhatATicketNeeds_Stays(string text) => new Redactor([]).Apply(text).ShouldBe(text);

    [Fact]
    public void ValuesOfSecrets_AreLearned_UnlessTheyArePublicOrEverydayWords()
    {
        var redactor = new Redactor(["redis.example.com"]);
        redactor.LearnSecret("username", "redis"u8);
        redactor.LearnSecret("host", "redis.example.com"u8);
        redactor.LearnSecret("tls.crt", "-----BEGIN CERTIFICATE-----\nMII"u8);
        redactor.LearnSecret("password", "abc"u8);
        redactor.LearnSecret("value", "long enough\n"u8);
        redactor.LearnSecret("blob", [0xff, 0xfe, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05]);

        redactor.Apply("redis at redis.example.com: abc, long enough, //4AAQIDBAU=").ShouldBe("redis at redis.example.com: [secret], [secret], [secret]");
        redactor.Ordinary.ShouldBe(2);
    }

    [Fact]
    public void AMegabyteOfLog_IsLookedThrough_InSeconds()
    {
        var redactor = new Redactor([]);
        var random = new Random(1);
        for (var number = 0; number < 50; number++)
        {
            redactor.Learn(Secret(random));
        }

        var line =
            "2026-11-26T10:00:00.123Z INFO  [reactor-http-4] i.s.t.s.studio.StudioService - session ses-0a1b2c3d on connect-server-0 of pod "
            + "connect-server-7d9f8-abcde is RUNNING\n";
        var text = string.Concat(Enumerable.Repeat(line, (1 << 20) / line.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        redactor.Apply(text).ShouldBe(text);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static string Secret(Random random) =>
        string.Concat(
                Enumerable.Range(0, random.Next(8, 40)).Select(_ => random.Next(5) == 0 ? Odd[random.Next(Odd.Length)] : Letters[random.Next(Letters.Length)]))
            .Trim() + "xY9";

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Encode(string text, Random random) => random.Next(8) switch
    {
        0 => Base64(text),
        1 => Base64(text).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        2 => JsonSerializer.Serialize(text),
        3 => JsonSerializer.Serialize(new { k = text }, Relaxed),
        4 => Uri.EscapeDataString(text),
        5 => WebUtility.HtmlEncode(text),
        6 => Base64(Zip(text)),
        _ => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
    };

    // The secret itself, or in what anybody can decode with one command
    private static string? Leaks(string clean, string secret)
    {
        if (clean.Contains(secret, StringComparison.Ordinal))
        {
            return "as it stands";
        }

        for (var offset = 0; offset < 3; offset++)
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes])[((offset * 8 + 5) / 6)..((offset + bytes.Length) * 8 / 6)];
            if (clean.Contains(encoded, StringComparison.Ordinal) || clean.Contains(encoded.Replace('+', '-').Replace('/', '_'), StringComparison.Ordinal))
            {
                return $"as base64 at {offset}";
            }
        }

        return
            clean.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal)
            || clean.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)
            ? "in a URL or hexadecimal"
            : null;
    }

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}
