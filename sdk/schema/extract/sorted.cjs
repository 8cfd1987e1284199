"use strict";

// The value with the keys of every object in order and without empty ones, so that two extractions are alike byte for byte.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().filter(k => value[k] !== undefined && value[k] !== null).map(k => [k, sorted(value[k])]));
}

module.exports = { sorted };
