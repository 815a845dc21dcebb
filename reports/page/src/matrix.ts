// Every model on every target: what fits where, and by how much one figure differs.
import { type Entry, type Model, type ResultDocument } from './document';
import { h, heading, section, segmented } from './dom';
import { downloads } from './downloads';
import { figure, kibibytes } from './format';
import { isAskedFor, meets } from './requirements';
import type { Choice, State } from './state';
import { availabilityOf } from './target_facts';

type Measure = 'latency' | 'energy' | 'sram' | 'flash';

const kMeasures: Record<
  Measure,
  { title: string; head: string; value: (entry: Entry) => number; text: (value: number) => string }
> = {
  latency: {
    title: 'Latency',
    head: 'latency in ms',
    value: ({ prediction }) => prediction.latency_ms,
    text: figure,
  },
  energy: {
    title: 'Energy',
    head: 'energy in µJ',
    value: ({ prediction }) => prediction.energy_uj,
    text: figure,
  },
  sram: {
    title: 'SRAM',
    head: 'SRAM in KiB',
    value: ({ prediction }) => prediction.sram.total_bytes,
    text: kibibytes,
  },
  flash: {
    title: 'Flash',
    head: 'flash in KiB',
    value: ({ prediction }) => prediction.flash.total_bytes,
    text: kibibytes,
  },
};

interface Row {
  label: string;
  entries: (Entry | undefined)[]; // of each model
}

// Targets by their labels, in the order of the first model that has them.
function rowsOf(models: Model[]): Row[] {
  const labels = [...new Set(models.flatMap(({ entries }) => entries.map(({ label }) => label)))];
  return labels.map((label) => ({
    label,
    entries: models.map(({ entries }) => entries.find((entry) => entry.label === label)),
  }));
}

// 0 to 1 on a logarithmic scale of the model's own column.
function shareOf(value: number, values: number[]): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return value > 0 && least > 0 && most > least
    ? Math.log(value / least) / Math.log(most / least)
    : 0;
}

export function showMatrix(result: ResultDocument, state: State): void {
  const { models } = state;
  if (models.length < 2) return;
  let measure: Measure = 'latency';
  const rows = rowsOf(models);
  const holder = h('div', {
    class: 'scroller tall',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Models and targets',
  });
  const counts = h('p', { class: 'muted', role: 'status' });

  const why = (model: Model, label: string) =>
    result.unanswered.find((each) => each.model === model.label && each.target === label)?.reason ??
    'not asked';

  function shown({ requirements }: Choice): Row[] {
    return rows
      .filter(({ entries }) => entries.some((entry) => entry && isAskedFor(entry, requirements)))
      .map((row) => ({
        row,
        fits: row.entries.filter((entry) => entry && meets(entry, requirements)).length,
      }))
      .sort((a, b) => b.fits - a.fits)
      .map(({ row }) => row);
  }

  function cell(
    entry: Entry | undefined,
    model: Model,
    label: string,
    values: number[],
    choice: Choice,
  ): HTMLElement {
    if (!entry) return h('td', { class: 'num muted', title: why(model, label) }, '–');
    const { value, text } = kMeasures[measure];
    const share = shareOf(value(entry), values);
    const isMet = meets(entry, choice.requirements);
    const isHere = model === choice.model && entry === choice.focus;
    return h(
      'td',
      {
        class: `num${isMet ? '' : ' missed'}${isHere ? ' here' : ''}`,
        style: `--share:${(100 * share).toFixed(0)}%`,
      },
      h(
        'button',
        {
          type: 'button',
          class: 'cell',
          title: entry.prediction.fits ? '' : entry.prediction.reasons.join(' '),
          'aria-label': `${model.label} on ${label}: ${text(value(entry))}${isMet ? '' : ', misses something'}`,
          onclick: () => state.ask({ model, focus: entry }),
        },
        text(value(entry)),
      ),
    );
  }

  function draw(): void {
    const choice = state.current;
    const visible = shown(choice);
    const columns = models.map((_, i) =>
      visible.flatMap(({ entries }) => (entries[i] ? [kMeasures[measure].value(entries[i]!)] : [])),
    );
    holder.replaceChildren(
      h(
        'table',
        { class: 'matrix' },
        h('caption', { class: 'unseen' }, `Models and targets: ${kMeasures[measure].head}`),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'Target'),
            ...models.map(({ label }) => h('th', { scope: 'col', class: 'num' }, label)),
          ),
        ),
        h(
          'tbody',
          {},
          ...visible.map(({ label, entries }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, label),
              ...entries.map((entry, i) => cell(entry, models[i], label, columns[i], choice)),
            ),
          ),
        ),
      ),
    );
    const everywhere = visible.filter(({ entries }) =>
      entries.every((entry) => entry && meets(entry, choice.requirements)),
    ).length;
    counts.textContent = `${everywhere} of ${visible.length} targets meet everything with each of the ${models.length} models.`;
  }

  const data = () => [
    ['target', 'availability', ...models.map(({ label }) => `${label} ${kMeasures[measure].head}`)],
    ...shown(state.current).map(({ label, entries }) => [
      label,
      availabilityOf(entries.find((entry) => entry)!.prediction),
      ...entries.map((entry) => (entry ? kMeasures[measure].value(entry) : null)),
    ]),
  ];
  section('matrix').replaceChildren(
    heading(
      'matrix',
      'All models',
      'Struck out: does not fit, or misses what is asked. Deeper colour: more of the figure within its model. Click a cell to look at that pair.',
      segmented<Measure>(
        'Figure',
        (Object.keys(kMeasures) as Measure[]).map((each): [Measure, string] => [
          each,
          kMeasures[each].title,
        ]),
        measure,
        (value) => {
          measure = value;
          draw();
        },
      ),
      downloads({ name: 'models', rows: data }),
    ),
    counts,
    holder,
  );
  state.subscribe((_, changed) => {
    if (['model', 'requirements', 'focus'].some((key) => changed.has(key as 'model'))) draw();
  });
}
