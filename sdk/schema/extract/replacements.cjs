// Which properties make a new resource when they change: what the typings say in words, and the lines of replacements.txt.
"use strict";
const fs = require("node:fs");

// A sentence that says so of every change; one that names a condition ("if", "when", "from `a` to `b`", "downgrading") says so of some only.
const REPLACES = /\b(forces?( the)?( a)? (new|creation of a new|replacement|re-?creation)|changing this( \w+)?( will| value)*( forces?| creates?| requires| re-?creates?| recreate)\b|(is|are|it's) immutable|immutable and causes resource replacement|(cannot|can't) be changed( after| once|\.)|(must be|has to be) recreated to modify|can only be set on creation)/i;
const CONDITIONAL = /\b(if|when|unless|where|with an?|downgrad\w+|lower|decreased|disabling|deleting|without|instead of|first time|not|once set)\b/i;

/** Whether the documentation of a property says that each change of it makes a new resource. */
const saysSo = documentation => sentences(documentation).some(sentence => REPLACES.test(sentence) && !CONDITIONAL.test(sentence));

const sentences = documentation => documentation.split(/(?<=[.!])\s+(?=[A-Z>*`(])/);

/** Reads replacements.txt: by type, the paths of its properties. */
function read(file) {
  const all = new Map();
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const [type, ...paths] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (type) all.set(type, [...(all.get(type) ?? []), ...paths]);
  }
  return all;
}

/** Marks the properties of a schema's resources, nested ones in the types that declare them. */
function mark(schema, lines, problems) {
  const own = [...lines].filter(([type]) => type.startsWith(`${schema.name}:`));
  for (const [type, paths] of own) {
    const everywhere = type.endsWith(":*");
    if (!everywhere && !schema.resources[type]) problems.push(`replacements.txt: '${type}' is not in tokens.txt`);
    for (const resource of everywhere ? Object.values(schema.resources) : [schema.resources[type]].filter(Boolean)) {
      for (const path of paths) {
        const property = find(schema, resource.inputProperties, path.split("."));
        if (property) property.willReplaceOnChanges = true;
        else if (!everywhere) problems.push(`replacements.txt: '${type}' has no property '${path}'`);
      }
    }
  }
}

function find(schema, properties, [key, ...rest]) {
  const property = properties[key];
  if (!property || rest.length === 0) return property;
  const reference = property.$ref ?? property.items?.$ref;
  const type = reference && schema.types[reference.slice("#/types/".length)];
  return type && find(schema, type.properties, rest);
}

module.exports = { saysSo, read, mark };
