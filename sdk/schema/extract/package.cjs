// One official npm package, and the schema of some of its tokens.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const replacements = require("./replacements.cjs");
const { constructorFacts, typeDefaults } = require("./javascript.cjs");
const { interfaces, declarations, nameOf, unwrap, ts } = require("./typings.cjs");

class Package {
  constructor(folder, name, dotnet, problems) {
    Object.assign(this, { folder, name, dotnet, problems });
    this.version = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).version;
    this.inputs = this.#typings("input");
    this.outputs = this.#typings("output");
    const defaults = path.join(folder, "types", "input.js");
    this.defaults = fs.existsSync(defaults) ? typeDefaults(defaults, fs.readFileSync(defaults, "utf8")) : {};
    this.types = {};
    this.folders = new Map();
    this.groups = new Map();
    this.withheld = new Set(dotnet.withheld ?? []);
  }

  #typings(which) {
    const file = path.join(this.folder, "types", `${which}.d.ts`);
    return fs.existsSync(file) ? interfaces(file) : new Map();
  }

  schema(tokens) {
    const resources = {};
    const functions = {};
    const known = tokens.filter(token => this.#file(token) !== undefined);
    for (const token of tokens) {
      if (!known.includes(token)) this.problems.push(`tokens.txt: '${token}' is not in @pulumi/${this.name} ${this.version}`);
    }
    for (const token of known) {
      const file = this.#file(token);
      if (isFunction(token)) functions[token] = this.#function(token, file);
      else resources[token] = this.#resource(token, file);
    }
    const { namespaces = {}, compatibility, nodeRequiredOutputs } = this.dotnet;
    const provider = this.#resource(`pulumi:providers:${this.name}`, path.join(this.folder, "provider"));
    return {
      name: this.name,
      version: this.version,
      language: { csharp: { namespaces, compatibility, nodeRequiredOutputs } },
      provider,
      resources,
      functions,
      types: this.#reached([provider, resources, functions]),
    };
  }

  // The types that the roots refer to: a property that dotnet.json types otherwise may have been the last to need one.
  #reached(roots) {
    const found = {};
    const visit = value => {
      if (value === null || typeof value !== "object") return;
      const token = value.$ref?.startsWith?.("#/types/") ? value.$ref.slice("#/types/".length) : undefined;
      if (token !== undefined && !found[token]) {
        found[token] = this.types[token];
        visit(this.types[token]);
      }
      Object.values(value).forEach(visit);
    };
    visit(roots);
    return found;
  }

  // The path, without extension, of the file that declares the token.
  #file(token) {
    const module = token.split(":")[1];
    const parts = module.split("/");
    const group = parts[0].split(".")[0];
    const folder = isVersioned(module) ? path.join(group, parts[1]) : group === "index" ? "" : group;
    if (!this.folders.has(folder)) this.folders.set(folder, this.#tokensIn(folder));
    return this.folders.get(folder).get(token);
  }

  #tokensIn(folder) {
    const found = new Map();
    const absolute = path.join(this.folder, folder);
    if (!fs.existsSync(absolute)) return found;
    for (const name of fs.readdirSync(absolute).filter(n => n.endsWith(".js"))) {
      const text = fs.readFileSync(path.join(absolute, name), "utf8");
      const token = /__pulumiType = '([^']+:[^']+)'/.exec(text) ?? /runtime\.invoke\("([^"]+)"/.exec(text);
      if (!token) continue;
      found.set(token[1], path.join(absolute, name.slice(0, -3)));
      const module = token[1].split(":")[1];
      if (isVersioned(module)) this.groups.set(folder.replace("/", "."), module);
    }
    return found;
  }

  #resource(token, file) {
    const all = declarations(`${file}.d.ts`);
    const name = token.startsWith("pulumi:providers:") ? "Provider" : token.split(":")[2];
    const facts = constructorFacts(`${file}.js`, fs.readFileSync(`${file}.js`, "utf8"));
    const outputs = this.#members(token, all.get(name), undefined, "output");
    for (const secret of facts.secretOutputs) if (outputs.properties[secret]) outputs.properties[secret].secret = true;
    for (const property of facts.replaceOnChanges) if (outputs.properties[property]) outputs.properties[property].replaceOnChanges = true;
    const inputs = this.#members(token, all.get(`${name}Args`), facts.inputs, "input");
    const state = all.has(`${name}State`) ? this.#members(token, all.get(`${name}State`), undefined, "input") : undefined;
    if (state) {
      for (const [key, property] of Object.entries(state.properties)) if (outputs.properties[key]?.secret) property.secret ??= true;
    }
    return {
      aliases: facts.aliases.length > 0 ? facts.aliases : undefined,
      inputProperties: inputs.properties,
      requiredInputs: inputs.required,
      properties: outputs.properties,
      required: outputs.required,
      stateInputs: state ? { properties: state.properties, required: state.required } : undefined,
    };
  }

  #function(token, file) {
    const all = declarations(`${file}.d.ts`);
    const name = token.split(":")[2];
    const stem = name[0].toUpperCase() + name.slice(1);
    const inputs = all.has(`${stem}Args`) ? this.#members(token, all.get(`${stem}Args`), undefined, "input") : undefined;
    const outputs = all.has(`${stem}Result`) ? this.#members(token, all.get(`${stem}Result`), undefined, "output") : undefined;
    for (const property of Object.values(inputs?.properties ?? {})) delete property.plain;
    return { inputs, outputs };
  }

  // The properties of a class or interface in schema form; facts from the JavaScript are added to inputs.
  #members(owner, declaration, facts, side) {
    const properties = {};
    const required = [];
    for (const member of declaration?.members ?? []) {
      if (!member.type || !(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))) continue;
      if (member.modifiers?.some(m => m.kind === ts.SyntaxKind.StaticKeyword)) continue;
      const key = member.name.text;
      const found = unwrap(member.type);
      const property = this.#type(found.node, side, `${owner}.${key}`);
      if (found.plain && side === "input") property.plain = true;
      const { const: constant, ...rest } = facts?.[key] ?? {};
      Object.assign(property, rest);
      if (constant !== undefined) property.const = constant;
      // Kubernetes' immutable fields are the provider's own table (rehearsal/Providers/KubernetesDiff.cs).
      if (side === "input" && this.name !== "kubernetes" && replacements.saysSo(member.documentation)) property.willReplaceOnChanges = true;
      Object.assign(property, this.dotnet.properties?.[`${owner}.${key}`]);
      if (this.withheld.has(owner) || this.withheld.has(`${owner}.${key}`)) property.language = { csharp: { withheld: true } };
      properties[key] = property;
      if (!member.questionToken && !found.optional && property.const === undefined) required.push(key);
    }
    return { properties, required: required.length > 0 ? required.sort() : undefined };
  }

  #type(node, side, where) {
    const { node: bare } = unwrap(node);
    switch (bare.kind) {
      case ts.SyntaxKind.StringKeyword: return { type: "string" };
      case ts.SyntaxKind.BooleanKeyword: return { type: "boolean" };
      case ts.SyntaxKind.NumberKeyword: return { type: "integer" };
      case ts.SyntaxKind.AnyKeyword: return { $ref: "pulumi.json#/Any" };
      case ts.SyntaxKind.ArrayType: return { type: "array", items: this.#type(bare.elementType, side, where) };
      case ts.SyntaxKind.LiteralType: return { type: "string", const: bare.literal.text };
      case ts.SyntaxKind.TypeLiteral: return { type: "object", additionalProperties: this.#type(bare.members[0].type, side, where) };
      case ts.SyntaxKind.UnionType: return this.#union(bare, side, where);
      case ts.SyntaxKind.TypeReference: return this.#reference(nameOf(bare.typeName), side, where);
      default:
        this.problems.push(`${where}: a TypeScript type that has no place in a schema`);
        return { $ref: "pulumi.json#/Any" };
    }
  }

  #union(node, side, where) {
    const parts = node.types.map(t => this.#type(t, side, where));
    const distinct = [...new Map(parts.map(p => [JSON.stringify(p), p])).values()];
    if (distinct.every(p => p.$ref === "pulumi.json#/Asset" || p.$ref === "pulumi.json#/Archive")) return { $ref: "pulumi.json#/Asset" };
    if (distinct.length === 1) return distinct[0];
    if (distinct.every(p => p.const !== undefined)) return { type: "string" };
    return { oneOf: distinct };
  }

  #reference(name, side, where) {
    if (name === "pulumi.asset.Archive") return { $ref: "pulumi.json#/Archive" };
    if (name.startsWith("pulumi.asset.")) return { $ref: "pulumi.json#/Asset" };
    const dotted = name.replace(/^(inputs|outputs|enums)\./, "");
    if (name.startsWith("enums.")) return this.#enum(dotted);
    if (name.startsWith("inputs.") || name.startsWith("outputs.")) return { $ref: `#/types/${this.#named(dotted)}` };
    // A property that Node accepts as a resource, too, travels as its id or ARN: aws.iam.InstanceProfileArgs.role.
    return { type: "string" };
  }

  // Puts the type into the schema, with what it reaches, and answers its token.
  #named(dotted) {
    const bare = this.inputs.has(dotted) || this.outputs.has(dotted) ? dotted : dotted.replace(/Args$/, "");
    const name = this.#inputOnly(bare);
    const token = this.#tokenOf(name);
    if (this.types[token]) return token;
    const type = this.types[token] = { type: "object" };
    const input = this.#members(token, this.inputs.get(name) ?? this.inputs.get(`${name}Args`), this.#factsOf(name), "input");
    const output = this.#members(token, this.outputs.get(name), undefined, "output");
    const isInput = this.inputs.has(name) || this.inputs.has(`${name}Args`);
    type.properties = isInput ? { ...output.properties, ...input.properties } : output.properties;
    type.required = isInput ? input.required : output.required;
    if (isInput && this.outputs.has(name) && JSON.stringify(output.required) !== JSON.stringify(input.required)) {
      type.language = { nodejs: { requiredOutputs: output.required ?? [] } };
    }
    for (const property of Object.values(type.properties)) delete property.plain;
    return token;
  }

  // Function arguments come twice in the typings, as GetXFilter and GetXFilterArgs: one type.
  #inputOnly(name) {
    const stem = name.replace(/Args$/, "");
    return stem !== name && this.inputs.has(stem) ? stem : name;
  }

  #factsOf(name) {
    const parts = name.split(".");
    const last = parts.pop();
    return this.defaults[[...parts, last[0].toLowerCase() + last.slice(1)].join(".")];
  }

  #tokenOf(dotted) {
    const parts = dotted.split(".");
    const name = parts.pop();
    const module = parts.join("/");
    if (/\/v\d/.test(module)) {
      const folder = path.join(...parts);
      if (!this.folders.has(folder)) this.folders.set(folder, this.#tokensIn(folder));
      return `${this.name}:${this.groups.get(parts.join(".")) ?? module}:${name}`;
    }
    return this.name === "kubernetes" ? `kubernetes:${module || "index"}:${name}` : `${this.name}:${module || "index"}/${name}:${name}`;
  }

  #enum(dotted) {
    const token = this.#tokenOf(dotted);
    if (!this.types[token]) {
      const parts = dotted.split(".");
      const name = parts.pop();
      const file = path.join(this.folder, "types", "enums", ...parts, "index.d.ts");
      this.types[token] = { type: "string", enum: enumValues(file, name) };
    }
    return { $ref: `#/types/${token}` };
  }
}

// export declare const Tenancy: { readonly Default: "default"; ... };
function enumValues(file, name) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    const declaration = statement.declarationList.declarations[0];
    if (declaration.name.text !== name) continue;
    return declaration.type.members.map(m => ({ name: m.name.text, value: m.type.literal.text }));
  }
  return [];
}

const isFunction = token => /^[a-z]/.test(token.split(":")[2]);
const isVersioned = module => /\/v\d/.test(module);

module.exports = { Package };
