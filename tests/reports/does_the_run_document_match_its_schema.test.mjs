// Does what `boardless run --format json` writes match docs/run.schema.json, however the run ended?
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(process.env.RUN_SCHEMA, 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function documentOf(program, ...options) {
  const file = join(process.env.TEST_PROGRAMS, `${program}.elf`);
  const run = spawnSync(
    process.env.BOARDLESS,
    ['run', file, '-t', 'ideal-cortex-m4', '--max-cycles', '100000', '-f', 'json', ...options],
    { encoding: 'utf8' },
  );
  return JSON.parse(run.stdout);
}

const endings = {
  exit: ['hello', '--args', 'one'],
  stuck: ['ends', '--args', 'l'],
  sleeps_forever: ['ends', '--args', 's'],
  reset: ['ends', '--args', 'r'],
  fault: ['ends', '--args', 'e'],
  cycles: ['ends', '--args', 'x', '--clock-model', 'instructions'],
  symbol: ['ends', '--until-symbol', 'marker'],
};

for (const [reason, parameters] of Object.entries(endings)) {
  test(`a run that ends by ${reason} is a valid document`, () => {
    const document = documentOf(...parameters);
    assert.ok(validate(document), JSON.stringify(validate.errors, null, 2));
    assert.equal(document.end.reason, reason);
    const causes = Object.values(document.stalls);
    if (causes.length > 0) {
      assert.equal(causes.reduce((sum, cycles) => sum + cycles), document.cycles);
    }
  });
}

test('a profiled run is a valid document whose functions sum to its cycles', () => {
  const document = documentOf('calls', '--explain');
  assert.ok(validate(document), JSON.stringify(validate.errors, null, 2));
  const { functions, lines, hot_blocks: blocks } = document.profile;
  assert.equal(functions.reduce((sum, each) => sum + each.self_cycles, 0), document.cycles);
  assert.ok(lines.length > 0 && blocks.length > 0);
});

test('regions, memory over time and faults are in the document', () => {
  const timed = documentOf('calls', '--region', 'divides', '--region', 'never=divides..recurse');
  assert.ok(validate(timed), JSON.stringify(validate.errors, null, 2));
  assert.deepEqual(timed.regions.map(({ passes }) => passes), [1, 0]);
  const { histogram, passes } = timed.regions[0];
  assert.equal(histogram.reduce((sum, bin) => sum + bin.passes, 0), passes);
  const faulty = documentOf('faults');
  assert.ok(validate(faulty), JSON.stringify(validate.errors, null, 2));
  assert.ok(faulty.faults.taken > 0);
  const sensor = documentOf('sensor');
  assert.ok(validate(sensor), JSON.stringify(validate.errors, null, 2));
  assert.equal(sensor.memory.heap_bytes, 120);
});

test('a document that lacks a field, or has one more, is not valid', () => {
  for (const key of Object.keys(documentOf('hello'))) {
    const { [key]: _, ...rest } = documentOf('hello');
    assert.ok(!validate(rest), `valid without ${key}`);
  }
  assert.ok(!validate({ ...documentOf('hello'), unheard_of: 1 }));
});
