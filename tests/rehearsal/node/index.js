"use strict";
// A program on the official Node SDK that uses one of everything the engine promises.
const pulumi = require("@pulumi/pulumi");
const random = require("@pulumi/random");
const tls = require("@pulumi/tls");
const k8s = require("@pulumi/kubernetes");

const config = new pulumi.Config("platform");
const marker = config.requireSecret("key");

class Vault extends pulumi.ComponentResource {
  constructor(name, args, options) {
    super("platform:secrets:Vault", name, args, options);
    const child = { parent: this };
    this.password = new random.RandomPassword(`${name}-password`, { length: 24 }, child);
    this.key = new tls.PrivateKey(`${name}-key`, { algorithm: "ED25519" }, { ...child, protect: true, aliases: [{ name: `${name}-signing-key` }] });
    this.secret = new k8s.core.v1.Secret(
      name,
      { stringData: { password: this.password.result, key: this.key.privateKeyPem, license: args.license } },
      { ...child, dependsOn: [this.key], ignoreChanges: ["metadata.annotations"], retainOnDelete: true },
    );
    this.registerOutputs({ secretName: this.secret.metadata.name });
  }
}

const cluster = new k8s.Provider("cluster", { kubeconfig: pulumi.secret("{}"), enableServerSideApply: true });
const vault = new Vault("vault", { license: marker }, { providers: { kubernetes: cluster }, aliases: [{ name: "safe" }] });
new k8s.core.v1.Secret("license", { stringData: { license: marker } }, { provider: cluster });
const settings = new k8s.core.v1.ConfigMap(
  "settings",
  { metadata: { name: "settings", labels: { app: "vault" } }, data: { publicKey: vault.key.publicKeyOpenssh } },
  { provider: cluster, additionalSecretOutputs: ["data"], customTimeouts: { create: "10m" }, deleteBeforeReplace: true },
);

exports.secretName = vault.secret.metadata.name;
exports.password = vault.password.result;
exports.license = marker;
exports.settings = settings.metadata.name;
exports.answer = 42;
