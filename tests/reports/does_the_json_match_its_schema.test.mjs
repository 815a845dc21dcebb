// Does what to_json writes match docs/prediction.schema.json, and does the schema name every field?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

const writeReport = process.env.WRITE_REPORT;
const schema = JSON.parse(readFileSync(process.env.SCHEMA, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'boardless-json-'));
after(() => rmSync(folder, { recursive: true }));

function documentOf(kind) {
  const file = join(folder, `${kind}.json`);
  execFileSync(writeReport, [kind, 'json', file]);
  return JSON.parse(readFileSync(file, 'utf8'));
}

// Strict mode: the schema itself may not hold unknown keywords or contradictions.
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  schema,
);

// Every object of the document, except the open maps of stall causes.
function* objectsOf(value, path = '$') {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* objectsOf(item, `${path}[${i}]`);
  } else if (value !== null && typeof value === 'object' && !path.endsWith('.stalls')) {
    yield [path, value];
    for (const [key, item] of Object.entries(value)) yield* objectsOf(item, `${path}.${key}`);
  }
}

for (const kind of ['typical', 'partly', 'together', 'single', 'floats', 'hostile', 'empty']) {
  test(`the ${kind} document is valid`, () => {
    assert.ok(validate(documentOf(kind)), JSON.stringify(validate.errors, null, 2));
  });
}

// What documents of before do not tell.
const later = ['vendor', 'availability', 'latency_error', 'runtime', 'kernels_sha256', 'data_sha256'];

test('a document that lacks any field, or has one more, is not valid', () => {
  const document = documentOf('single');
  let checked = 0;
  for (const [path, object] of objectsOf(document)) {
    if (/\[[2-9]\]|\[1\d/.test(path)) continue; // two of each kind suffice
    for (const key of Object.keys(object)) {
      const { [key]: value } = object;
      delete object[key];
      const isLater = /^\$\.predictions\[\d+\]$/.test(path) && later.includes(key);
      assert.equal(validate(document), isLater, `${path} without ${key}`);
      object[key] = value;
      checked += 1;
    }
    object.unheard_of = 1;
    assert.ok(!validate(document), `${path} is valid with an unknown field`);
    delete object.unheard_of;
  }
  assert.ok(checked > 50, `only ${checked} fields checked`);
  assert.ok(validate(document));
});

test('a value of the wrong type or sign is not valid', () => {
  const wrong = [
    (p) => (p.cycles = -1),
    (p) => (p.cycles = 1.5),
    (p) => (p.fits = 'yes'),
    (p) => (p.layers[0].macs = '12'),
    (p) => (p.stalls.issue = null),
    (p) => (p.model_sha256 = 'XYZ'),
    (p) => (p.estimates = [{ what: '', reason: 'r' }]),
    (p) => (p.price_usd = 'cheap'),
  ];
  for (const spoil of wrong) {
    const document = documentOf('single');
    spoil(document.predictions[0]);
    assert.ok(!validate(document), String(spoil));
  }
});

test('every field of the schema is described', () => {
  const describe = (node, path) => {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      assert.ok(property.description?.length > 5, `${path}.${name} has no description`);
    }
  };
  describe(schema, '$');
  for (const [name, definition] of Object.entries(schema.$defs)) describe(definition, name);
});
