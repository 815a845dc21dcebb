// At a glance: the best target by each measure, or the one target's figures.
import type { Entry, Figure, Prediction, Sameness } from './document';
import { sameness } from './document';
import { card, h, section } from './dom';
import { bytes, dollars, duration, energy, percent } from './format';
import { estimated, fitsBadge } from './marks';
import { errorText } from './published_errors';
import { isAskedFor, meets } from './requirements';
import type { Choice, State } from './state';
import { memoryUse } from './target_facts';

interface Measure {
  title: string;
  figure: Figure;
  value: (entry: Entry) => number | null;
  text: (entry: Entry) => string;
  detail: (entry: Entry) => string;
}

const kMeasures: Measure[] = [
  {
    title: 'Fastest',
    figure: 'latency',
    value: ({ prediction }) => prediction.latency_ms,
    text: ({ prediction }) => duration(prediction.latency_ms),
    detail: ({ prediction }) => `${energy(prediction.energy_uj)} per inference`,
  },
  {
    title: 'Least energy',
    figure: 'energy',
    value: ({ prediction }) => prediction.energy_uj,
    text: ({ prediction }) => energy(prediction.energy_uj),
    detail: ({ prediction }) => `per inference of ${duration(prediction.latency_ms)}`,
  },
  {
    title: 'Lowest price',
    figure: 'price',
    value: ({ prediction }) => prediction.price_usd,
    text: ({ prediction }) => dollars(prediction.price_usd!),
    detail: ({ prediction }) => `${duration(prediction.latency_ms)} per inference`,
  },
  {
    title: 'Most SRAM left',
    figure: 'sram',
    value: ({ prediction: { sram } }) =>
      sram.capacity_bytes > 0 ? sram.total_bytes - sram.capacity_bytes : null,
    text: ({ prediction: { sram } }) => bytes(sram.capacity_bytes - sram.total_bytes),
    detail: ({ prediction: { sram } }) =>
      `free, ${percent(sram.total_bytes, sram.capacity_bytes)} of ${bytes(
        sram.capacity_bytes,
      )} used`,
  },
];

const kOutputs: Record<Sameness, (p: Prediction) => string> = {
  unknown: () => 'output not computed',
  exact: () => 'output bit-exact',
  near: ({ float_agreement: a }) => `output within ${a!.ulp} ULP (bound ${a!.bound_ulp})`,
  wrong: () => 'output differs',
};

function best(entries: Entry[], measure: Measure): Entry | null {
  const priced = entries.filter((entry) => measure.value(entry) !== null);
  return priced.reduce<Entry | null>(
    (least, entry) => (least && measure.value(least)! <= measure.value(entry)! ? least : entry),
    null,
  );
}

function comparisonCards(choice: Choice): HTMLElement[] {
  const { model, requirements } = choice;
  const asked = model.entries.filter((entry) => isAskedFor(entry, requirements));
  const meeting = asked.filter((entry) => meets(entry, requirements));
  const cards = kMeasures.flatMap((measure) => {
    const entry = best(meeting, measure);
    if (!entry) return [];
    const value = estimated(entry, measure.figure, measure.text(entry), choice);
    return [card(measure.title, value, h('b', {}, entry.label), measure.detail(entry))];
  });
  const fitting = asked.filter(({ prediction }) => prediction.fits).length;
  const count = card(
    'Meet everything',
    `${meeting.length} of ${asked.length}`,
    fitting === 0
      ? 'No target has room for this model; the figures below say what it lacks.'
      : `${fitting} ${
          fitting === 1 ? 'has' : 'have'
        } room for this model. The best that meet everything:`,
  );
  count.classList.add(meeting.length === 0 ? 'bad' : 'good');
  return [count, ...cards];
}

function memoryCard(
  entry: Entry,
  memory: 'sram' | 'flash',
  title: string,
  choice: Choice,
): HTMLElement | null {
  const { used, capacity } = memoryUse(entry.prediction, memory);
  if (used === 0 && capacity === null) return null;
  const detail = capacity === null ? 'used' : `${percent(used, capacity)} of ${bytes(capacity)}`;
  return card(title, estimated(entry, memory, bytes(used), choice), detail);
}

function singleCards(choice: Choice): (HTMLElement | null)[] {
  const [entry] = choice.model.entries;
  const p = entry.prediction;
  return [
    card(
      'Latency',
      estimated(entry, 'latency', duration(p.latency_ms), choice),
      'per inference',
      errorText(p),
    ),
    card('Energy', estimated(entry, 'energy', energy(p.energy_uj), choice), 'per inference'),
    memoryCard(entry, 'sram', 'SRAM', choice),
    memoryCard(entry, 'flash', 'Flash', choice),
    card('Verdict', fitsBadge(p), kOutputs[sameness(p)](p)),
  ];
}

export function showPicks(state: State): void {
  state.subscribe((choice, changed) => {
    if (!['model', 'requirements', 'objective'].some((key) => changed.has(key as 'model'))) return;
    const cards = choice.model.entries.length > 1 ? comparisonCards(choice) : singleCards(choice);
    section('picks').replaceChildren(h('div', { class: 'cards' }, ...cards));
  });
}
