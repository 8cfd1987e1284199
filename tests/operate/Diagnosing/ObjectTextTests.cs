using System.Text.Json.Nodes;
using Operate.Diagnosing;

namespace Tests.Operate.Diagnosing;

/// <summary>Objects keep what explains them, and lose what their own names call secret.</summary>
public sealed class ObjectTextTests
{
    [Fact]
    public void AnObject_LosesWhatNobodyReads_AndValuesOfTellingNames()
    {
        var item = JsonNode
            .Parse(
                """
                {"kind":"Deployment","apiVersion":"apps/v1",
                 "metadata":{"name":"connect","managedFields":[{"manager":"pulumi"}],"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","note":"kept"}},
                 "spec":{"replicas":2,"paused":false,"template":{"spec":{"containers":[{
                   "name":"connect","args":["--redis-password","hunter2","--port","8081"],
                   "env":[{"name":"CONNECT_REDIS_PASSWORD","value":"hunter2"},{"name":"CONNECT_HTTP_PORT","value":"8081"},
                          {"name":"TOKEN","valueFrom":{"secretKeyRef":{"name":"connect-token","key":"token"}}}]}],
                   "volumes":[{"name":"k","secret":{"secretName":"ssh-key","items":[{"key":"ssh-key","path":"k"}]}}]}}}}
                """
            )!
            .AsObject();

        ObjectText.Of([item]).ShouldBe(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              annotations:
                note: kept
              name: connect
            spec:
              paused: false
              replicas: 2
              template:
                spec:
                  containers:
                    - args:
                        - "--redis-password"
                        - "[secret]"
                        - "--port"
                        - "8081"
                      env:
                        - name: CONNECT_REDIS_PASSWORD
                          value: "[secret]"
                        - name: CONNECT_HTTP_PORT
                          value: "8081"
                        - name: TOKEN
                          valueFrom:
                            secretKeyRef:
                              key: token
                              name: connect-token
                      name: connect
                  volumes:
                    - name: k
                      secret:
                        items:
                          - key: ssh-key
                            path: k
                        secretName: ssh-key

            """);
    }

    [Fact]
    public void ValuesOfARelease_LoseWhatTwoWordsCallSecret() => ObjectText.OfValues(JsonNode.Parse(
        """
        {"license":{"key":"ABCD","server":"licences:8989"},"userPassword":{"value":"hunter2","existingSecret":"test-user"},"pin":{"password":1234}}
        """)!.AsObject()).ShouldBe(
        """
        license:
          key: "[secret]"
          server: licences:8989
        pin:
          password: "[secret]"
        userPassword:
          existingSecret: test-user
          value: "[secret]"

        """);
}
