// The columns of the comparison table.
import type { Entry, Figure } from './document';
import { cyclesPerMac, sameness } from './document';
import { h } from './dom';
import { figure, kibibytes, megahertz, percent, whole } from './format';
import { describe, estimated, swatch } from './marks';
import { errorText } from './published_errors';
import { kAvailabilities, misses } from './requirements';
import type { Column } from './sortable_table';
import type { Choice, State } from './state';
import { availabilityOf, memoryUse } from './target_facts';
import { facts, withTip } from './tip';

function usageBar(entry: Entry, name: 'sram' | 'flash', choice: Choice): HTMLElement {
  const { used, capacity } = memoryUse(entry.prediction, name);
  if (used === 0 && capacity === null) return h('span', { class: 'muted' }, '–');
  const figures = h('div', {}, estimated(entry, name, kibibytes(used), choice));
  if (capacity === null) return h('div', { class: 'usage' }, figures);
  const share = used / capacity;
  const level = share > 1 ? 'over' : share > 0.85 ? 'tight' : '';
  figures.append(h('span', { class: 'muted' }, ` / ${kibibytes(capacity)}`));
  return h(
    'div',
    { class: 'usage' },
    figures,
    h(
      'div',
      { class: `meter ${level}`, role: 'img', 'aria-label': `${percent(used, capacity)} used` },
      h('i', { style: `width:${Math.min(100 * share, 100)}%` }),
    ),
  );
}

function targetCell(entry: Entry, state: State): HTMLElement {
  const box = h('input', {
    type: 'checkbox',
    'aria-label': `Show ${entry.label} in the charts`,
    onchange: () => state.toggle(entry.id),
  });
  const available = availabilityOf(entry.prediction);
  const description = describe(entry);
  return h(
    'span',
    { class: 'target' },
    box,
    swatch('transparent'),
    h(
      'span',
      {},
      h('b', {}, entry.label),
      available !== 'part' && h('small', { class: 'tag' }, available.replace('_', ' ')),
      description !== '' && h('small', { class: 'muted' }, description),
    ),
  );
}

// What a target misses of all that is asked, what it is included.
function shortcomings(entry: Entry, { requirements }: Choice): string[] {
  const { kinds, vendor } = requirements;
  const available = availabilityOf(entry.prediction);
  return [
    ...(kinds.has(available) ? [] : [`among ${kAvailabilities[available]}`]),
    ...(vendor === '' || entry.prediction.vendor === vendor ? [] : [`not of ${vendor}`]),
    ...misses(entry, requirements),
  ];
}

function verdict(entry: Entry, choice: Choice): HTMLElement {
  const missing = shortcomings(entry, choice);
  if (missing.length === 0) return h('span', { class: 'yes' }, 'yes');
  return withTip(
    h('span', { class: 'verdict' }, h('b', { class: 'no' }, 'no'), h('small', {}, missing[0])),
    () => facts(entry.prediction.fits ? 'Misses' : 'Does not fit', [], missing.join(' ')),
  );
}

function exactness({ prediction }: Entry): HTMLElement {
  const { ulp, bound_ulp, operators } = prediction.float_agreement ?? {
    ulp: 0,
    bound_ulp: 0,
    operators: [],
  };
  switch (sameness(prediction)) {
    case 'unknown':
      return h('span', { class: 'muted', title: 'Outputs are not computed here' }, '–');
    case 'exact':
      return h('span', { class: 'yes', title: 'Every output byte equals the reference' }, 'yes');
    case 'near':
      return h(
        'span',
        {
          class: 'yes',
          title: `Within ${ulp} ULP of the reference (bound ${bound_ulp}): float32 ${operators.join(
            ', ',
          )}`,
        },
        `${ulp} ULP`,
      );
    case 'wrong':
      return h('b', { class: 'no', title: 'The output differs from the reference' }, 'no');
  }
}

function usage(header: string, name: 'sram' | 'flash', choice: Choice): Column<Entry> {
  return {
    header,
    unit: 'KiB',
    value: ({ prediction }) => {
      const { used, capacity } = memoryUse(prediction, name);
      return capacity === null ? null : used / capacity;
    },
    cell: (entry) => usageBar(entry, name, choice),
    data: ({ prediction }) => memoryUse(prediction, name).used / 1024,
    help: 'Used and available, where it is known; sorts by the share used',
  };
}

// Targets with their figures; the marks depend on what is asked.
export function comparisonColumns(state: State): Column<Entry>[] {
  const choice = state.current;
  const { entries } = choice.model;
  const slowest = Math.max(...entries.map(({ prediction }) => prediction.latency_ms), 0);
  const millijoules = entries.some(({ prediction }) => prediction.energy_uj >= 100000);
  const scale = millijoules ? 1000 : 1;
  const number = (
    name: Figure,
    value: (entry: Entry) => number | null,
    text: (value: number) => string = figure,
  ): Pick<Column<Entry>, 'numeric' | 'value' | 'cell'> => ({
    numeric: true,
    value,
    cell: (entry) => {
      const result = value(entry);
      return result === null ? '–' : estimated(entry, name, text(result), choice);
    },
  });
  const result: Column<Entry>[] = [
    {
      header: 'Target',
      rowHeader: true,
      value: (entry) => entry.label,
      cell: (entry) => targetCell(entry, state),
    },
    {
      header: 'Core',
      help: 'Core, clock and kernel library',
      value: ({ prediction }) => `${prediction.core} ${prediction.clock_hz}`,
      cell: ({ prediction }) =>
        h(
          'span',
          { class: 'stacked' },
          h('span', {}, prediction.core),
          h(
            'small',
            { class: 'muted' },
            `${megahertz(prediction.clock_hz)} · ${prediction.kernels}`,
          ),
        ),
    },
    {
      header: 'Latency',
      unit: 'ms',
      numeric: true,
      value: ({ prediction }) => prediction.latency_ms,
      cell: (entry) =>
        h(
          'div',
          {
            class: 'latency',
            title: `${whole(entry.prediction.cycles)} cycles; ${errorText(entry.prediction)}`,
          },
          estimated(entry, 'latency', figure(entry.prediction.latency_ms), choice),
          h('i', {
            style: `width:${slowest > 0 ? (100 * entry.prediction.latency_ms) / slowest : 0}%`,
            'aria-hidden': 'true',
          }),
        ),
    },
    {
      header: 'Cycles/MAC',
      ...number('cycles', ({ prediction }) => cyclesPerMac(prediction)),
    },
    {
      header: 'Energy',
      unit: millijoules ? 'mJ' : 'µJ',
      ...number('energy', ({ prediction }) => prediction.energy_uj / scale),
    },
    usage('SRAM', 'sram', choice),
    usage('Flash', 'flash', choice),
  ];
  if (entries.some(({ prediction }) => prediction.price_usd !== null)) {
    result.push({
      header: 'Price',
      unit: 'USD',
      ...number(
        'price',
        ({ prediction }) => prediction.price_usd,
        (usd) => usd.toFixed(2),
      ),
    });
  }
  result.push(
    {
      header: 'Meets all',
      help: 'Fits, and meets every requirement',
      value: (entry) => shortcomings(entry, choice).length,
      cell: (entry) => verdict(entry, choice),
      data: (entry) => shortcomings(entry, choice).join('; ') || 'yes',
    },
    {
      header: 'Bit-exact',
      value: ({ prediction }) =>
        ['exact', 'near', 'unknown', 'wrong'].indexOf(sameness(prediction)),
      cell: exactness,
      help: 'Whether the output equals the reference bit for bit, or how near floats come to it',
    },
  );
  return result;
}
