// What the typings do not say, read from the generated JavaScript: tokens, defaults, constants, secrets, aliases.
"use strict";
const ts = require("typescript");

const parse = (file, text) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

// For example  resourceInputs["region"] = (args?.region) ?? utilities.getEnv("AWS_REGION", "AWS_DEFAULT_REGION");
function constructorFacts(file, text) {
  const facts = { inputs: {}, secretOutputs: [], aliases: [], replaceOnChanges: [], required: [] };
  const visit = node => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(node.left)
        && node.left.expression.getText() === "resourceInputs") {
      const name = node.left.argumentExpression.text;
      const found = expressionFacts(node.right);
      facts.inputs[name] = { ...facts.inputs[name], ...found };
    } else if (ts.isNewExpression(node) && node.expression.getText() === "Error") {
      const missing = /^Missing required property '(.*)'$/.exec(node.arguments[0]?.text ?? "");
      if (missing) facts.required.push(missing[1]);
    } else if (ts.isPropertyAssignment(node) && ts.isArrayLiteralExpression(node.initializer)) {
      const list = node.initializer.elements;
      const name = node.name.getText();
      if (name === "additionalSecretOutputs") facts.secretOutputs = list.map(e => e.text);
      if (name === "replaceOnChanges") facts.replaceOnChanges = list.map(e => e.text);
      if (name === "aliases") facts.aliases = list.map(e => ({ type: e.properties[0].initializer.text }));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return facts;
}

function expressionFacts(expression) {
  const facts = {};
  const visit = node => {
    if (ts.isStringLiteral(node) && node === expression) {
      facts.const = node.text;
    } else if (ts.isCallExpression(node) && node.expression.getText() === "pulumi.secret") {
      facts.secret = true;
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      Object.assign(facts, defaultFacts(node.right));
      visit(node.left);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return facts;
}

// A literal, a call of utilities.getEnv and its kin, or "getEnv(...) || literal".
function defaultFacts(node) {
  if (ts.isParenthesizedExpression(node)) return defaultFacts(node.expression);
  if (ts.isBinaryExpression(node)) return { ...defaultFacts(node.left), ...defaultFacts(node.right) };
  if (ts.isCallExpression(node)) return { defaultInfo: { environment: node.arguments.map(a => a.text) } };
  if (ts.isStringLiteral(node)) return { default: node.text };
  if (ts.isNumericLiteral(node)) return { default: Number(node.text) };
  if (ts.isPrefixUnaryExpression(node)) return { default: -Number(node.operand.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { default: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { default: false };
  return {};
}

// The defaults of nested types: functions named xProvideDefaults in types/input.js.
function typeDefaults(file, text) {
  const all = {};
  const visit = (node, prefix) => {
    if (ts.isFunctionDeclaration(node) && node.name.text.endsWith("ProvideDefaults")) {
      const literal = node.body.statements[0].expression;
      const facts = {};
      for (const property of literal.properties) {
        if (ts.isPropertyAssignment(property)) facts[property.name.getText().replaceAll('"', "")] = expressionFacts(property.initializer);
      }
      all[[...prefix, node.name.text.slice(0, -"ProvideDefaults".length)].join(".")] = facts;
      return;
    }
    // (function (v1) { ... })(v1 = core.v1 || (core.v1 = {}))
    if (ts.isCallExpression(node) && ts.isParenthesizedExpression(node.expression) && ts.isFunctionExpression(node.expression.expression)) {
      const inner = node.expression.expression;
      inner.body.statements.forEach(s => visit(s, [...prefix, inner.parameters[0].name.text]));
      return;
    }
    ts.forEachChild(node, child => visit(child, prefix));
  };
  visit(parse(file, text), []);
  return all;
}

module.exports = { constructorFacts, typeDefaults };
