// The interfaces of types/input.d.ts and types/output.d.ts, and the translation of TypeScript types into those of a package schema.
"use strict";
const fs = require("node:fs");
const ts = require("typescript");

const parse = file => ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);

// Notes on each member of an interface what its comment says, without the comment's marks.
function documented(text, declaration) {
  for (const member of declaration.members ?? []) {
    const comments = ts.getLeadingCommentRanges(text, member.pos) ?? [];
    member.documentation = comments.map(c => text.slice(c.pos, c.end)).join(" ").replace(/^\s*\/?\*+\/?/gm, " ").replace(/\s+/g, " ").trim();
  }
  return declaration;
}

// Interfaces by dotted name: "eks.ClusterVpcConfig", "core.v1.PodSpec".
function interfaces(file) {
  const all = new Map();
  const source = parse(file);
  const visit = (statement, prefix) => {
    if (ts.isModuleDeclaration(statement)) {
      statement.body.statements.forEach(s => visit(s, [...prefix, statement.name.text]));
    } else if (ts.isInterfaceDeclaration(statement)) {
      all.set([...prefix, statement.name.text].join("."), documented(source.text, statement));
    }
  };
  source.statements.forEach(s => visit(s, []));
  return all;
}

// Classes and top-level interfaces of one resource's or function's file.
function declarations(file) {
  const all = new Map();
  const source = parse(file);
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
      if (!all.has(statement.name.text)) all.set(statement.name.text, documented(source.text, statement));
    }
  }
  return all;
}

const nameOf = node => ts.isIdentifier(node) ? node.text : `${nameOf(node.left)}.${nameOf(node.right)}`;
const isUndefined = node => node.kind === ts.SyntaxKind.UndefinedKeyword;

// pulumi.Input<T | undefined> and pulumi.Output<T | undefined> without the wrapping; plain says that there was none.
function unwrap(node) {
  if (ts.isParenthesizedTypeNode(node)) return unwrap(node.type);
  if (ts.isUnionTypeNode(node)) {
    const rest = node.types.filter(t => !isUndefined(t));
    if (rest.length < node.types.length) {
      const inner = rest.length === 1 ? unwrap(rest[0]) : { node: ts.factory.createUnionTypeNode(rest), plain: true };
      return { ...inner, optional: true };
    }
    return { node, plain: true, optional: false };
  }
  if (ts.isTypeReferenceNode(node) && /^pulumi\.(Input|Output)$/.test(nameOf(node.typeName))) {
    return { ...unwrap(node.typeArguments[0]), plain: false };
  }
  return { node, plain: true, optional: false };
}

module.exports = { interfaces, declarations, nameOf, unwrap, ts };
