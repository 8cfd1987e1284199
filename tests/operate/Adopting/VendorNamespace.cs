using System.Collections.Immutable;
using k8s;
using k8s.Models;
using Operate.Adopting;

namespace Tests.Operate.Adopting;

/// <summary>Namespaces as the vendor's pages leave them, with kubectl or Helm.</summary>
internal static class VendorNamespace
{
    /// <summary>Names, images and variables of Seqera's manifests for Platform 26.1 and Studios, with Redis in a StatefulSet.</summary>
    public static LiveNamespace Studios(
        string version = "v26.1.3", string proxyImage = "cr.seqera.io/enterprise/studios/proxy:0.11.0", string extraBackend = "") => Read("seqera-platform", $$$$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tower-backend-cfg}
        data:
          TOWER_SERVER_URL: https://platform.example.org
          TOWER_DATA_STUDIO_CONNECT_URL: https://connect.example.org
          {{{{extraBackend}}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: backend}
        spec:
          selector: {matchLabels: {app: backend}}
          template:
            metadata: {labels: {app: backend}}
            spec:
              containers:
              - name: backend
                image: cr.seqera.io/private/nf-tower-enterprise/backend:{{{{version}}}}
                envFrom: [{configMapRef: {name: tower-backend-cfg}}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cron}
        spec:
          selector: {matchLabels: {app: cron}}
          template:
            metadata: {labels: {app: cron}}
            spec: {containers: [{name: backend, image: "cr.seqera.io/private/nf-tower-enterprise/backend:{{{{version}}}}"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: connect-proxy}
        spec:
          replicas: 3
          selector: {matchLabels: {app: connect-proxy}}
          template:
            metadata: {labels: {app: connect-proxy}}
            spec:
              imagePullSecrets: [{name: cr.seqera.io}]
              containers:
              - name: connect-proxy
                image: {{{{proxyImage}}}}
                env:
                - {name: CONNECT_PROXY_URL, value: https://connect.example.org}
                - {name: CONNECT_REDIS_ADDRESS, value: "redis:6379"}
                - {name: CONNECT_REDIS_DB, value: "1"}
                - {name: CONNECT_LOG_LEVEL, value: DEBUG}
                - {name: CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN, valueFrom: {secretKeyRef: {name: token, key: token}}}
                - {name: PLATFORM_URL, value: https://platform.example.org}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: connect-server}
        spec:
          replicas: 2
          selector: {matchLabels: {app: connect-server}}
          serviceName: connect-server
          template:
            metadata: {labels: {app: connect-server}}
            spec: {containers: [{name: connect-server, image: "cr.seqera.io/enterprise/studios/server:0.11.0"}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: redis}
        spec:
          selector: {matchLabels: {app: redis}}
          serviceName: redis
          template:
            metadata: {labels: {app: redis}}
            spec: {containers: [{name: redis, image: "docker.io/library/redis:7.2", resources: {limits: {memory: 2Gi}}}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: redis}
        spec: {selector: {app: redis}, ports: [{port: 6379}]}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-redis-0}
        spec: {accessModes: [ReadWriteOnce], storageClassName: gp3, resources: {requests: {storage: 8Gi}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: connect-ingress}
        spec:
          ingressClassName: nginx
          tls: [{secretName: studios-tls, hosts: [connect.example.org, "*.example.org"]}]
          rules: [{host: connect.example.org}]
        """);

    /// <summary>The namespace of Seqera's page on Kubernetes compute environments.</summary>
    public static LiveNamespace Tower() => Read("tower-nf", """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: tower-launcher-sa}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: tower-launcher-rolebind}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tower-launcher-role}
        subjects: [{kind: ServiceAccount, name: tower-launcher-sa}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: tower-launcher-userbind}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tower-launcher-role}
        subjects: [{kind: User, name: ci-user}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: tower-scratch}
        spec: {accessModes: [ReadWriteMany], storageClassName: lustre, volumeName: tower-storage, resources: {requests: {storage: 10Gi}}}
        status: {capacity: {storage: 4800Gi}}
        """);

    public static LiveNamespace Empty(string name) => new(name, [], [], [], [], [], [], [], []);

    /// <summary>A namespace with the objects of some YAML documents.</summary>
    public static LiveNamespace Read(string name, string yaml)
    {
        var objects = KubernetesYaml.LoadAllFromString(yaml);
        return new(
            name,
            [
                .. Of<V1Deployment>().Select(item => new LiveWorkload("Deployment", item)),
                .. Of<V1StatefulSet>().Select(item => new LiveWorkload("StatefulSet", new V1Deployment
                {
                    Metadata = item.Metadata,
                    Spec = new() { Replicas = item.Spec.Replicas, Selector = item.Spec.Selector, Template = item.Spec.Template },
                })),
            ],
            Of<V1ConfigMap>(), Of<V1Service>(), Of<V1Ingress>(), Of<V1ServiceAccount>(), Of<V1RoleBinding>(), Of<V1PersistentVolumeClaim>(), []);

        ImmutableArray<T> Of<T>() => [.. objects.OfType<T>()];
    }
}
