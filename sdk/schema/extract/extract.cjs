// Usage: node extract.cjs NODE_MODULES SCHEMA_FOLDER
// Reads SCHEMA_FOLDER/tokens.txt, dotnet.json and replacements.txt, writes SCHEMA_FOLDER/<provider>.json for each provider named there.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { Package } = require("./package.cjs");
const replacements = require("./replacements.cjs");
const { sorted } = require("./sorted.cjs");

const [modules, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node extract.cjs NODE_MODULES SCHEMA_FOLDER");
  process.exit(2);
}

const tokens = new Map();
for (const line of fs.readFileSync(path.join(folder, "tokens.txt"), "utf8").split("\n")) {
  const token = line.replace(/#.*/, "").trim();
  if (token === "") continue;
  const provider = token.split(":")[0];
  tokens.set(provider, [...(tokens.get(provider) ?? []), token]);
}

const dotnet = JSON.parse(fs.readFileSync(path.join(folder, "dotnet.json"), "utf8"));
const lines = replacements.read(path.join(folder, "replacements.txt"));
const problems = [];
const files = new Map();
for (const [provider, wanted] of tokens) {
  if (!dotnet[provider]) {
    problems.push(`tokens.txt: '${wanted[0]}' is of provider '${provider}', allowed are ${Object.keys(dotnet).join(", ")}`);
    continue;
  }
  const source = new Package(path.join(modules, "@pulumi", provider), provider, dotnet[provider], problems);
  const schema = source.schema(wanted);
  replacements.mark(schema, lines, problems);
  files.set(`${provider}.json`, compact(sorted(schema)));
}

if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  console.error("nothing was written");
  process.exit(2);
}

for (const [name, text] of files) fs.writeFileSync(path.join(folder, name), text);

// One resource, type or function a line: small files whose diffs still show what changed.
function compact(schema) {
  const section = value => Object.entries(value).map(([k, v]) => `    ${JSON.stringify(k)}: ${JSON.stringify(v)}`).join(",\n");
  const parts = Object.entries(schema).map(([name, value]) =>
    ["resources", "types", "functions"].includes(name)
      ? `  ${JSON.stringify(name)}: {\n${section(value)}\n  }`
      : `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${parts.join(",\n")}\n}\n`;
}
