namespace Tests.Rehearsal.Secrets;

/// <summary>A salt and a value that another implementation (OpenSSL, by way of Node) sealed with the passphrase "test".</summary>
internal static class Sample
{
    public const string Salt = "v1:1uVIZmwn/8s=:v1:QJEdbPgtblAVnZ7G:2QDdtOezR+O8XgZvXNzSGlC2LLAPaQ==";
    public const string Ciphertext = "v1:9yCmf9d4Ga6jsCT4:FY2XPfPy7tHuayap5r8vwN0dkxPCb3PgyhPZUg==";
}
