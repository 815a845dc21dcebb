// The picture of latency against energy or price, with the front of those that meet everything.
import { basics, type Option, tooltipStyle } from './charts';
import { figureOf, front, type Kind, kindOf } from './choice';
import { type Entry } from './document';
import { dollars, duration, energy, tick } from './format';
import { category, themeColour } from './palette';
import { isAskedFor, kAvailabilities, meets, misses } from './requirements';
import type { Choice } from './state';
import { availabilityOf } from './target_facts';
import { facts } from './tip';
import { frontSeries, limitLines, type Range, rangeOf, tradeAxis } from './trade';

export type Across = 'energy' | 'price';

const kTitles: Record<Across | 'latency', string> = {
  latency: 'Latency, ms',
  energy: 'Energy, µJ',
  price: 'Price, USD',
};

export interface Point {
  entry: Entry;
  value: [number, number];
}

const kMisses = 'misses something';

// The same colour for a kind, whatever else is drawn.
function groupColour(name: string): string {
  if (name === kMisses) return themeColour('line-strong');
  return category(
    name.startsWith('microcontroller')
      ? 0
      : name.startsWith('accelerator')
        ? 1
        : name.includes('ideal')
          ? 4
          : 2,
  );
}

// Groups by what they are; those that miss something keep their shape and lose their colour.
function groupName(entry: Entry, choice: Choice): string {
  if (!meets(entry, choice.requirements)) return kMisses;
  const available = availabilityOf(entry.prediction);
  const kind = `${kindOf(entry)}s`;
  return available === 'part' ? kind : `${kAvailabilities[available]} (${kind})`;
}

export function pointsOf({ model, requirements }: Choice, across: Across): Point[] {
  return model.entries.flatMap((entry) => {
    const x = figureOf(entry, across);
    const y = entry.prediction.latency_ms;
    if (!isAskedFor(entry, requirements) || x === null || x <= 0 || y <= 0) return [];
    return [{ entry, value: [x, y] as [number, number] }];
  });
}

function tip({ entry }: Point, choice: Choice): HTMLElement {
  const p = entry.prediction;
  const missing = misses(entry, choice.requirements).join('; ');
  return facts(
    entry.label,
    [
      ['latency', duration(p.latency_ms)],
      ['energy', energy(p.energy_uj)],
      ['price', p.price_usd === null ? 'not known' : dollars(p.price_usd)],
    ],
    missing === '' ? 'meets everything' : missing,
  );
}

// `common`: the ranges of small charts that stand beside each other.
export function targetsOption(
  choice: Choice,
  across: Across,
  width: number,
  common?: Range[],
): Option {
  const isSmall = common !== undefined;
  const points = pointsOf(choice, across);
  const names = [...new Set(points.map(({ entry }) => groupName(entry, choice)))].sort((a, b) =>
    a === kMisses ? -1 : b === kMisses ? 1 : b.localeCompare(a),
  );
  const meeting = points.filter(({ entry }) => meets(entry, choice.requirements));
  const best = new Set(
    Object.values(choice.ranking).flatMap(([first]) => (first ? [first.id] : [])),
  );
  // Of each kind its own: no microcontroller would stand on one that accelerators share.
  const ends = (['microcontroller', 'accelerator'] as Kind[]).map((kind) =>
    front(
      meeting.flatMap(({ entry }) => (kindOf(entry) === kind ? [entry] : [])),
      across,
      'latency',
    ).map((entry) => [figureOf(entry, across), entry.prediction.latency_ms]),
  );
  const { limits } = choice.requirements;
  const bounds = (bound: number | undefined) => (bound === undefined ? [] : [bound]);
  const lines = limitLines(bounds(limits[across]), bounds(limits.latency));
  const range = (i: 0 | 1) => common?.[i] ?? rangeOf(points.map(({ value }) => value[i]));
  return {
    ...basics(),
    animation: false,
    grid: isSmall
      ? { left: 56, right: 12, top: 10, bottom: 40 }
      : { left: 70, right: 20, top: 40, bottom: 50 },
    legend: {
      show: !isSmall,
      type: 'scroll',
      top: 0,
      left: 0,
      data: names,
      textStyle: { color: themeColour('text'), fontSize: 13 },
      inactiveColor: themeColour('line-strong'),
    },
    tooltip: {
      ...tooltipStyle(),
      formatter: ({ data }: { data: Partial<Point> }) =>
        data.entry ? tip(data as Point, choice) : '',
    },
    xAxis: tradeAxis({
      title: kTitles[across],
      tick,
      log: true,
      gap: isSmall ? 24 : 30,
      range: range(0),
    }),
    yAxis: tradeAxis({
      title: kTitles.latency,
      tick,
      log: true,
      gap: isSmall ? 40 : 50,
      range: range(1),
    }),
    series: [
      ...names.map((name, i) => ({
        type: 'scatter',
        name,
        symbol: name.includes('accelerator') ? 'diamond' : 'circle',
        symbolSize: isSmall ? 6 : width < 600 ? 9 : 11,
        itemStyle: { color: groupColour(name), opacity: 0.85 },
        cursor: 'pointer',
        data: points
          .filter(({ entry }) => groupName(entry, choice) === name)
          .map((point) => ({
            ...point,
            label: {
              show: !isSmall && best.has(point.entry.id),
              position: 'top',
              formatter: point.entry.label,
              color: themeColour('text'),
              fontSize: 12,
              fontWeight: 600,
            },
          })),
        markLine: i === 0 ? lines : undefined,
      })),
      ...ends.flatMap((points) => frontSeries(points, isSmall ? 10 : width < 600 ? 14 : 17, true)),
    ],
  } as unknown as Option;
}
