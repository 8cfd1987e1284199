"use strict";
// Transforms, invoke transforms and hooks of the official Node SDK; VERSION says which state of the program this is.
const crypto = require("crypto");
const pulumi = require("@pulumi/pulumi");
const random = require("@pulumi/random");
const tls = require("@pulumi/tls");

const version = process.env.VERSION;
const pem = crypto.generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });

class Thing extends pulumi.CustomResource {
  constructor(name, inputs, options) {
    super("any:index:Thing", name, inputs, options);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, options) {
    super("Group", name, {}, options);
  }
}

const trail = by => args => ({ props: { ...args.props, trail: `${args.props.trail ?? ""}${by}(${args.type} ${args.name}) ` }, opts: args.opts });
const told = (name, options) => new pulumi.ResourceHook(name, args => {
  const text = values => (values === undefined ? "-" : JSON.stringify(Object.keys(values).sort()));
  pulumi.log.info(`${name}: ${args.name} ${text(args.newInputs)} ${text(args.oldInputs)} ${text(args.newOutputs)} ${text(args.oldOutputs)}`);
}, options);

const hooks = {
  beforeCreate: [told("before create", { onDryRun: true })],
  afterCreate: [told("after create")],
  beforeUpdate: [told("before update")],
  afterUpdate: [told("after update")],
  beforeDelete: [told("before delete")],
  afterDelete: [told("after delete")],
};

pulumi.runtime.registerStackTransform(args => (args.type === "any:index:Thing" ? trail("stack")(args) : undefined));
pulumi.runtime.registerInvokeTransform(args => ({ args: { ...args.args, privateKeyPem: pem }, opts: args.opts }));

const group = new Group("group", { transforms: [trail("group")] });
const pet = new random.RandomPet("pet", {}, { transforms: [args => ({ props: { ...args.props, length: 3 }, opts: { ...args.opts, protect: true } })] });
new Thing("thing", { value: version, secret: pulumi.secret("hidden"), pet: pet.id }, { parent: group, transforms: [trail("own")], hooks });
if (version === "1") {
  new Thing("gone", { value: "0" }, { hooks: { beforeDelete: hooks.beforeDelete, afterDelete: hooks.afterDelete } });
}
exports.algorithm = tls.getPublicKeyOutput({ privateKeyPem: "what the transform puts in" }).algorithm;
