namespace Tests.Support;

/// <summary>The certificate of an authority that signs nothing, good until 2126.</summary>
internal static class ExampleAuthority
{
    public const string Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBoDCCAUWgAwIBAgIUECO/FXuBG5pe+FVRh9RMobT/8cowCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZRXhhbXBsZSBQcml2YXRlIEF1dGhvcml0eTAgFw0yNjExMjUy
        MzA5MjBaGA8yMTI2MTEwMTIzMDkyMFowJDEiMCAGA1UEAwwZRXhhbXBsZSBQcml2
        YXRlIEF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCAb+x5+afAO
        usenGFWEyAoo7V0qFfrlrtoXt/NVq57XaLeHzpOpP7Rx2UP5zWUJMNk92VJpuBsu
        e7tbQu+U5t2jUzBRMB0GA1UdDgQWBBQIPe4/be+jwPb63WT7SR7vwK4u2TAfBgNV
        HSMEGDAWgBQIPe4/be+jwPb63WT7SR7vwK4u2TAPBgNVHRMBAf8EBTADAQH/MAoG
        CCqGSM49BAMCA0kAMEYCIQDpST8PyuP/7KPaOmLY/y+F0auAqGG/zj3sK1T0l8Lc
        nwIhAN/EFchvi/0B1rtYIbp7GjIe3svebJyetNcD0YronkE0
        -----END CERTIFICATE-----

        """;

    /// <summary>The same as a JSON text.</summary>
    public static string Json => System.Text.Json.JsonSerializer.Serialize(Certificate);
}
