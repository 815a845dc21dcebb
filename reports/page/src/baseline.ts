// A result of before beside this one: what changed, the largest changes first.
import type { Model, Prediction, ResultDocument } from './document';
import { h, heading, section } from './dom';
import { downloads } from './downloads';
import { figure, kibibytes } from './format';
import { type Column, SortableTable } from './sortable_table';
import type { State } from './state';

interface Pair {
  label: string;
  before: Prediction;
  after: Prediction;
}

type Measure = (p: Prediction) => number;

const alike = (a: Prediction, b: Prediction) =>
  a.model === b.model &&
  a.target === b.target &&
  a.kernels === b.kernels &&
  a.clock_hz === b.clock_hz;

function pairsOf(model: Model, baseline: ResultDocument): Pair[] {
  return model.entries.flatMap(({ label, prediction: after }) => {
    const before = baseline.predictions.find((each) => alike(each, after));
    return before ? [{ label, before, after }] : [];
  });
}

// In percent; null where there was nothing before.
function change({ before, after }: Pair, measure: Measure): number | null {
  const [was, is] = [measure(before), measure(after)];
  return was > 0 ? (100 * (is - was)) / was : is === was ? 0 : null;
}

function changeText(percent: number | null): HTMLElement {
  if (percent === null) return h('span', {}, 'new');
  if (percent === 0) return h('span', { class: 'muted' }, '=');
  const sign = percent > 0 ? '+' : '−';
  const size = Math.abs(percent);
  return h(
    'span',
    { class: percent > 0 ? 'no' : 'yes' },
    `${sign}${size < 0.05 ? '<0.1' : figure(size, 2)} %`,
  );
}

function columns(
  name: string,
  unit: string,
  measure: Measure,
  text: (value: number) => string,
): Column<Pair>[] {
  return [
    {
      header: name,
      unit,
      numeric: true,
      value: ({ after }) => measure(after),
      cell: ({ before, after }) =>
        h(
          'span',
          { class: 'stacked' },
          text(measure(after)),
          h('small', { class: 'muted' }, `was ${text(measure(before))}`),
        ),
    },
    {
      header: 'Change',
      unit: '%',
      numeric: true,
      value: (pair) => change(pair, measure),
      cell: (pair) => changeText(change(pair, measure)),
    },
  ];
}

// What besides the figures is not as it was.
function differences({ before, after }: Pair): string {
  const named: [string, unknown, unknown][] = [
    ['model', before.model_sha256, after.model_sha256],
    ['compiler', before.compiler + before.compiler_flags, after.compiler + after.compiler_flags],
    ['output', before.output_sha256, after.output_sha256],
    ['data', before.data_sha256 ?? after.data_sha256, after.data_sha256 ?? before.data_sha256],
    [
      'kernels',
      before.kernels_sha256 ?? after.kernels_sha256,
      after.kernels_sha256 ?? before.kernels_sha256,
    ],
  ];
  return named.flatMap(([name, a, b]) => (a === b ? [] : [name])).join(', ') || '–';
}

export function showBaseline(
  result: ResultDocument,
  baseline: ResultDocument | null,
  state: State,
): void {
  if (!baseline) return;
  const holder = h('div', {
    class: 'scroller tall',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Changes',
  });
  const note = h('p', { class: 'muted', role: 'status' });
  let table: SortableTable<Pair>;
  const versions =
    result.version === baseline.version ? '' : ` The baseline is of boardless ${baseline.version}.`;
  section('baseline-part').replaceChildren(
    heading(
      'baseline',
      'Against the baseline',
      `Each target beside what it took before; sorted by latency's change.${versions}`,
      downloads({ name: 'changes', rows: () => table.data() }),
    ),
    note,
    holder,
  );
  state.subscribe(({ model }, changed) => {
    if (!changed.has('model')) return;
    const pairs = pairsOf(model, baseline);
    const same = pairs.filter(({ before, after }) => before.cycles === after.cycles).length;
    const alone = model.entries.length - pairs.length;
    note.textContent = [
      `${same} of ${pairs.length} take the same cycles.`,
      alone > 0
        ? `${alone} ${alone === 1 ? 'target is' : 'targets are'} not in the baseline, or ran otherwise.`
        : '',
    ].join(' ');
    table = new SortableTable<Pair>(
      [
        {
          header: 'Target',
          rowHeader: true,
          value: ({ label }) => label,
          cell: ({ label }) => h('b', {}, label),
        },
        ...columns('Latency', 'ms', (p) => p.latency_ms, figure),
        ...columns('Energy', 'µJ', (p) => p.energy_uj, figure),
        ...columns('SRAM', 'KiB', (p) => p.sram.total_bytes, kibibytes),
        ...columns('Flash', 'KiB', (p) => p.flash.total_bytes, kibibytes),
        { header: 'Also differs', value: differences, cell: differences },
      ],
      `${model.label}: changes against the baseline`,
      2,
      'descending',
    );
    table.setRows(pairs);
    holder.replaceChildren(table.element);
  });
}
