// At a glance: the best target by each measure, or the one target's figures.
import type { Entry, Figure, Model, Prediction, Sameness } from './document';
import { sameness } from './document';
import { card, h, section } from './dom';
import { bytes, dollars, duration, energy, percent } from './format';
import { estimated, fitsBadge } from './marks';
import type { State } from './state';

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
    value: ({ prediction: { sram } }) => sram.total_bytes - sram.capacity_bytes,
    text: ({ prediction: { sram } }) => bytes(sram.capacity_bytes - sram.total_bytes),
    detail: ({ prediction: { sram } }) =>
      `free, ${percent(sram.total_bytes, sram.capacity_bytes)} of ${bytes(sram.capacity_bytes)} used`,
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

function comparisonCards(model: Model): HTMLElement[] {
  const fitting = model.entries.filter(({ prediction }) => prediction.fits);
  const cards = kMeasures.flatMap((measure) => {
    const entry = best(fitting, measure);
    if (!entry) return [];
    const value = estimated(entry.prediction, measure.figure, measure.text(entry));
    return [card(measure.title, value, h('b', {}, entry.label), measure.detail(entry))];
  });
  const count = card(
    'Fits',
    `${fitting.length} of ${model.entries.length}`,
    fitting.length === 0
      ? 'No target has room for this model; the figures below say what it lacks.'
      : 'targets have room for this model. The best of them:',
  );
  count.classList.add(fitting.length === 0 ? 'bad' : 'good');
  return [count, ...cards];
}

function singleCards({ prediction: p }: Entry): HTMLElement[] {
  return [
    card('Latency', estimated(p, 'latency', duration(p.latency_ms)), 'per inference'),
    card('Energy', estimated(p, 'energy', energy(p.energy_uj)), 'per inference'),
    card(
      'SRAM',
      estimated(p, 'sram', bytes(p.sram.total_bytes)),
      `${percent(p.sram.total_bytes, p.sram.capacity_bytes)} of ${bytes(p.sram.capacity_bytes)}`,
    ),
    card(
      'Flash',
      estimated(p, 'flash', bytes(p.flash.total_bytes)),
      `${percent(p.flash.total_bytes, p.flash.capacity_bytes)} of ${bytes(p.flash.capacity_bytes)}`,
    ),
    card('Verdict', fitsBadge(p), kOutputs[sameness(p)](p)),
  ];
}

export function showPicks(state: State): void {
  state.subscribe(({ model }, changed) => {
    if (!changed.has('model')) return;
    const cards = model.entries.length > 1 ? comparisonCards(model) : singleCards(model.entries[0]);
    section('picks').replaceChildren(h('div', { class: 'cards' }, ...cards));
  });
}
