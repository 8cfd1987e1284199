using Operate.Doctor;

namespace Tests.Operate.Doctor;

// Promise: credentials are named by where they are; none of them is ever printed.
public sealed class CredentialTests
{
    private const string Hidden = "hunter2";

    private readonly FakeMachine _machine = new();

    [Theory]
    [InlineData("Missing: none in the environment or in files (the role of a machine in EC2 is not asked for)")]
    [InlineData("Found: an access key in the environment", "AWS_ACCESS_KEY_ID=AKIAhunter2", "AWS_SECRET_ACCESS_KEY=hunter2")]
    [InlineData("Missing: AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID=AKIAhunter2")]
    [InlineData("Missing: AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY=hunter2")]
    [InlineData(
        "Found: profile default (there are: default, research)", "/home/anna/.aws/credentials=[default]\naws_secret_access_key = hunter2\n[research]\n")]
    [InlineData(
        "Missing: profiles research, lab, of which none is the default", "/home/anna/.aws/config=[profile research]\n[sso-session x]\n [profile lab]\n")]
    [InlineData("Found: profile lab, which AWS_PROFILE names", "/aws/config=[profile lab]\n", "AWS_CONFIG_FILE=/aws/config", "AWS_PROFILE=lab")]
    [InlineData("Missing: AWS_PROFILE names lab; profiles there are: default", "/home/anna/.aws/config=[default]\n", "AWS_PROFILE=lab")]
    [InlineData(
        "Found: the role arn:aws:iam::123456789012:role/ci by a web identity token", "AWS_WEB_IDENTITY_TOKEN_FILE=/t",
        "AWS_ROLE_ARN=arn:aws:iam::123456789012:role/ci")]
    [InlineData("Missing: AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE=/t")]
    [InlineData("Found: the role of this container", "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/hunter2")]
    public void Aws_IsFoundWhereTheSdksLook(string expected, params string[] given) => Check(expected, given, CloudCredentials.Aws);

    [Theory]
    [InlineData("Missing: no application default credentials")]
    [InlineData("Found: in the environment", "GOOGLE_CREDENTIALS={\"private_key\": \"hunter2\"}")]
    [InlineData(
        "Found: /k.json (service_account)", "GOOGLE_APPLICATION_CREDENTIALS=/k.json",
        "/k.json={\"type\": \"service_account\", \"private_key\": \"hunter2\"}")]
    [InlineData("Missing: GOOGLE_APPLICATION_CREDENTIALS names /k.json, which cannot be read", "GOOGLE_APPLICATION_CREDENTIALS=/k.json")]
    [InlineData(
        "Found: /sdk/application_default_credentials.json (authorized_user)", "CLOUDSDK_CONFIG=/sdk",
        "/sdk/application_default_credentials.json={\"type\": \"authorized_user\"}")]
    [InlineData(
        "Missing: /home/anna/.config/gcloud/application_default_credentials.json holds no credentials",
        "/home/anna/.config/gcloud/application_default_credentials.json=hunter2")]
    public void Google_IsFoundWhereItsLibrariesLook(string expected, params string[] given) => Check(expected, given, CloudCredentials.Google);

    [Theory]
    [InlineData("Missing: /home/anna/.kube/config is not there, or cannot be read")]
    [InlineData(
        "Found: /home/anna/.kube/config, current context a",
        "/home/anna/.kube/config=contexts: [{name: a}]\ncurrent-context: a\nusers: [{user: {token: hunter2}}]\n")]
    [InlineData(
        "Missing: /home/anna/.kube/config has no current context (contexts: a)", "/home/anna/.kube/config=contexts: [{name: a}]\ncurrent-context: ''\n")]
    [InlineData("Missing: /home/anna/.kube/config has no context b (contexts: a)", "/home/anna/.kube/config=contexts: [{name: a}]\ncurrent-context: b\n")]
    [InlineData(
        "Found: /one, /two, current context b", "KUBECONFIG=/one:/gone:/two", "/one=contexts: []\n", "/two=contexts: [{name: b}]\ncurrent-context: b\n")]
    [InlineData("Missing: /one is not YAML", "KUBECONFIG=/one", "/one={hunter2")]
    [InlineData("Missing: /one, /two is not there, or cannot be read", "KUBECONFIG=/one:/two")]
    public void Kubeconfig_IsTheOneThatKubectlReads(string expected, params string[] given)
        => Check(expected, given, around => Access.Kubeconfig(around, context: null));

    [Theory]
    [InlineData("kind", "Found: /home/anna/.kube/config, the stack's context kind")]
    [InlineData("prod", "Missing: /home/anna/.kube/config has no context prod (contexts: kind, lab)")]
    public void Kubeconfig_IsHeldToTheContextOfTheStack(string context, string expected) => Check(
        expected, ["/home/anna/.kube/config=contexts: [{name: kind}, {name: lab}]\ncurrent-context: lab\n"], around => Access.Kubeconfig(around, context));

    [Theory]
    [InlineData("Missing: no backend is chosen")]
    [InlineData(
        "Found: s3://states/x (pulumi login)",
        "/home/anna/.pulumi/credentials.json={\"current\": \"s3://states/x?sessionToken=hunter2\", \"accessTokens\": {\"x\": \"hunter2\"}}")]
    [InlineData(
        "Found: https://app.example/ (PULUMI_BACKEND_URL)", "PULUMI_BACKEND_URL=https://anna:hunter2@app.example",
        "/home/anna/.pulumi/credentials.json={\"current\": \"s3://x\"}")]
    [InlineData("Found: gs://states/ (Pulumi.yaml)", "/clone/Pulumi.yaml=name: platform\nbackend: {url: gs://states}\n")]
    [InlineData("Found: Pulumi Cloud, by PULUMI_ACCESS_TOKEN", "PULUMI_ACCESS_TOKEN=hunter2")]
    [InlineData("Missing: no backend is chosen", "/home/anna/.pulumi/credentials.json=hunter2")]
    public void PulumiLogin_IsTheBackend_NeverTheToken(string expected, params string[] given)
        => Check(expected, given, around => Access.PulumiLogin(around).First());

    [Theory]
    [InlineData(null, "Skipped: not set")]
    [InlineData(false, "Skipped: not set; the stack's file has no secret that a passphrase seals")]
    [InlineData(true, "Missing: not set; previews leave the stack's secrets unknown")]
    [InlineData(true, "Found: set", "PULUMI_CONFIG_PASSPHRASE=hunter2")]
    [InlineData(true, "Found: set", "PULUMI_CONFIG_PASSPHRASE=")]
    [InlineData(true, "Found: in the file /p", "PULUMI_CONFIG_PASSPHRASE_FILE=/p", "/p=hunter2")]
    [InlineData(null, "Missing: PULUMI_CONFIG_PASSPHRASE_FILE names /p, which cannot be read", "PULUMI_CONFIG_PASSPHRASE_FILE=/p")]
    public void Passphrase_IsSetOrNot(bool? isSealed, string expected, params string[] given)
        => Check(expected, given, around => Access.Passphrase(around, isSealed));

    // Given is NAME=text of a variable, or /path=text of a file.
    private void Check(string expected, string[] given, Func<Surroundings, Need> look)
    {
        foreach (var (name, text) in given.Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1])))
        {
            (name.StartsWith('/') ? _machine.Files : _machine.Variables)[name] = text;
        }

        var need = look(_machine.Around);

        $"{need.Presence}: {need.Found}".ShouldBe(expected);
        (need.Fix.Length > 0).ShouldBe(need.Presence == Presence.Missing);
        $"{need}".ShouldNotContain(Hidden);
    }
}
