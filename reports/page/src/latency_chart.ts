// Latency by layer: a stacked bar per target, or the targets side by side for each layer.
import type { Entry, Layer } from './document';
import { cyclesPerMac } from './document';
import {
  basics,
  categoryAxis,
  Chart,
  labelWidth,
  legendStyle,
  type Option,
  tooltipStyle,
  valueAxis,
} from './charts';
import { h, heading, section, segmented } from './dom';
import { duration, energy, figure, percent, tick, whole } from './format';
import { marked } from './marks';
import { category, onThemeChange, shade, themeColour } from './palette';
import { chosen, type State } from './state';
import { facts } from './tip';

type Metric = 'ms' | 'cycles' | 'energy' | 'share';
type Layout = 'target' | 'layer';

const kAxisName: Record<Metric, string> = {
  ms: 'latency, ms',
  cycles: 'cycles',
  energy: 'energy, µJ',
  share: "share of the target's cycles, %",
};
const kLayersShown = 20; // by layer: the costliest, until all are asked for
const kTargetsSideBySide = 8;

interface Chosen {
  entry: Entry;
  slot: number;
}

function measure(metric: Metric, layer: Layer, entry: Entry): number {
  switch (metric) {
    case 'ms':
      return layer.latency_ms;
    case 'cycles':
      return layer.cycles;
    case 'energy':
      return layer.energy_uj;
    case 'share':
      return entry.prediction.cycles > 0 ? (100 * layer.cycles) / entry.prediction.cycles : 0;
  }
}

function total(metric: Metric, { prediction: p }: Entry): string {
  switch (metric) {
    case 'ms':
      return marked(p, 'latency', duration(p.latency_ms));
    case 'cycles':
      return marked(p, 'cycles', whole(p.cycles));
    case 'energy':
      return marked(p, 'energy', energy(p.energy_uj));
    case 'share':
      return '';
  }
}

function layerTip(layer: Layer, entry: Entry): HTMLElement {
  const ratio = cyclesPerMac(layer);
  const { prediction } = entry;
  return facts(
    `${layer.index} · ${layer.op} on ${entry.label}`,
    [
      ['latency', marked(prediction, 'latency', duration(layer.latency_ms))],
      ['share', percent(layer.cycles, prediction.cycles)],
      ['cycles', marked(prediction, 'cycles', whole(layer.cycles))],
      ['MACs', layer.macs > 0 ? whole(layer.macs) : 'none'],
      ['cycles/MAC', ratio === null ? '–' : marked(prediction, 'cycles', figure(ratio))],
      ['energy', marked(prediction, 'energy', energy(layer.energy_uj))],
      ['kernel', layer.kernel],
      ['output', layer.output_shape],
    ],
    layer.note,
  );
}

// Operator kinds with a colour each, costliest first.
function kindColours(rows: Chosen[]): Map<string, string> {
  const cost = new Map<string, number>();
  for (const { entry } of rows) {
    for (const layer of entry.prediction.layers) {
      cost.set(layer.op, (cost.get(layer.op) ?? 0) + measure('share', layer, entry));
    }
  }
  const kinds = [...cost.keys()].sort((a, b) => cost.get(b)! - cost.get(a)!);
  return new Map(kinds.map((kind, i) => [kind, category(i)]));
}

function byTarget(
  rows: Chosen[],
  metric: Metric,
  width: number,
): { option: Option; height: number } {
  const colours = kindColours(rows);
  const depth = Math.max(...rows.map(({ entry }) => entry.prediction.layers.length), 0);
  const series: object[] = [];
  const seen = new Map<string, number>();
  for (let i = 0; i < depth; ++i) {
    // Series of one name share a legend entry. A layer's operator may differ between targets only in
    // theory; then each operator gets a series of its own.
    for (const kind of new Set(rows.map(({ entry }) => entry.prediction.layers[i]?.op))) {
      if (kind === undefined) continue;
      seen.set(kind, (seen.get(kind) ?? -1) + 1);
      series.push({
        type: 'bar',
        name: kind,
        stack: 'layers',
        barMaxWidth: 26,
        itemStyle: { color: shade(colours.get(kind)!, seen.get(kind)!) },
        emphasis: { itemStyle: { borderColor: themeColour('text'), borderWidth: 1.5 } },
        data: rows.map(({ entry }) => {
          const layer = entry.prediction.layers[i];
          return layer?.op === kind ? { value: measure(metric, layer, entry), layer, entry } : 0;
        }),
      });
    }
  }
  // A last part of no length carries the total beside the bar.
  series.push({
    type: 'bar',
    name: '',
    stack: 'layers',
    silent: true,
    data: rows.map(() => 0),
    label: {
      show: metric !== 'share',
      position: 'right',
      color: themeColour('text'),
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) => total(metric, rows[dataIndex].entry),
    },
  });
  const labels = rows.map(({ entry }) => entry.label);
  return {
    height: 76 + rows.length * 36,
    option: frame(
      rows.map(({ entry }) => !entry.prediction.fits),
      labels,
      metric,
      width,
      [...colours.keys()],
      series,
    ),
  };
}

function byLayer(
  rows: Chosen[],
  metric: Metric,
  width: number,
  all: boolean,
): { option: Option; height: number } {
  const columns = rows.slice(0, kTargetsSideBySide);
  const reference = columns[0].entry.prediction.layers;
  const shown = shownLayers(columns, all);
  const series = columns.map(({ entry, slot }) => ({
    type: 'bar',
    name: entry.label,
    barMaxWidth: 14,
    barGap: '10%',
    barCategoryGap: '28%',
    itemStyle: { color: category(slot), borderRadius: [0, 2, 2, 0] },
    data: shown.map((i) => {
      const layer = entry.prediction.layers[i];
      return layer ? { value: measure(metric, layer, entry), layer, entry } : 0;
    }),
  }));
  const labels = shown.map((i) => `${reference[i]?.index ?? i} ${reference[i]?.op ?? ''}`);
  const rowHeight = Math.max(22, columns.length * 10 + 12);
  return {
    height: 76 + shown.length * rowHeight,
    option: frame(
      [],
      labels,
      metric,
      width,
      columns.map(({ entry }) => entry.label),
      series,
    ),
  };
}

// Positions of the layers to show, in execution order.
function shownLayers(rows: Chosen[], all: boolean): number[] {
  const depth = Math.max(...rows.map(({ entry }) => entry.prediction.layers.length), 0);
  const cost = (i: number) =>
    Math.max(
      ...rows.map(({ entry }) => {
        const layer = entry.prediction.layers[i];
        return layer ? measure('share', layer, entry) : 0;
      }),
    );
  const order = Array.from({ length: depth }, (_, i) => i);
  if (all || depth <= kLayersShown) return order;
  return order
    .sort((a, b) => cost(b) - cost(a))
    .slice(0, kLayersShown)
    .sort((a, b) => a - b);
}

function frame(
  unfit: boolean[],
  labels: string[],
  metric: Metric,
  width: number,
  legend: string[],
  series: object[],
): Option {
  return {
    ...basics(),
    legend: legendStyle(legend),
    grid: {
      left: labelWidth(labels, width) + 14,
      right: metric === 'share' ? 24 : 92,
      top: 36,
      bottom: 44,
    },
    tooltip: {
      ...tooltipStyle(),
      formatter: ({ data }: { data: { layer?: Layer; entry?: Entry } }) =>
        data.layer && data.entry ? layerTip(data.layer, data.entry) : '',
    },
    xAxis: valueAxis(
      kAxisName[metric],
      tick,
      metric === 'share' && legendIsKinds(series) ? 100 : undefined,
    ),
    yAxis: categoryAxis(labels, width, unfit),
    series,
  };
}

function legendIsKinds(series: object[]): boolean {
  return series.some((one) => 'stack' in one);
}

export function showLatency(state: State): void {
  let metric: Metric = 'ms';
  let layout: Layout = 'target';
  let all = false;
  const canvas = h('div', { class: 'chart', id: 'latency-chart', role: 'img' });
  const empty = h('p', { class: 'empty' }, 'Choose at least one target in the table above.');
  const more = h('button', {
    type: 'button',
    class: 'plain',
    onclick: () => {
      all = !all;
      draw();
    },
  });
  const note = h('p', { class: 'muted' });
  const foot = h('div', { class: 'chart-foot' }, note, more);
  section('latency').replaceChildren(
    heading(
      'latency',
      'Where the time goes, layer by layer',
      'Point at a part of a bar for its cycles and kernel; the layer table further down has every figure.',
      segmented<Layout>(
        'Arrangement',
        [
          ['target', 'By target'],
          ['layer', 'By layer'],
        ],
        layout,
        (value) => {
          layout = value;
          draw();
        },
      ),
      segmented<Metric>(
        'Measure',
        [
          ['ms', 'ms'],
          ['cycles', 'Cycles'],
          ['energy', 'Energy'],
          ['share', 'Share'],
        ],
        metric,
        (value) => {
          metric = value;
          draw();
        },
      ),
    ),
    empty,
    canvas,
    foot,
  );
  const chart = new Chart(canvas);

  function draw(): void {
    const rows = chosen(state.current);
    const depth = Math.max(...rows.map(({ entry }) => entry.prediction.layers.length), 0);
    const drawable = rows.length > 0 && depth > 0;
    empty.hidden = drawable;
    canvas.hidden = !drawable;
    more.hidden = !drawable || layout === 'target' || depth <= kLayersShown;
    more.textContent = all ? `Show the ${kLayersShown} costliest` : `Show all ${depth} layers`;
    note.textContent =
      drawable && layout === 'layer' && rows.length > kTargetsSideBySide
        ? `The ${kTargetsSideBySide} fastest of ${rows.length} chosen targets.`
        : '';
    foot.hidden = more.hidden && note.textContent === '';
    if (!drawable) return;
    canvas.setAttribute(
      'aria-label',
      `Bar chart, ${kAxisName[metric]}, ${layout === 'target' ? 'by target' : 'by layer'}: ` +
        rows
          .map(({ entry }) => `${entry.label} ${duration(entry.prediction.latency_ms)}`)
          .join('; '),
    );
    chart.show((width) =>
      layout === 'target' ? byTarget(rows, metric, width) : byLayer(rows, metric, width, all),
    );
  }
  state.subscribe((_, changed) => {
    if (changed.has('model') || changed.has('selected')) draw();
  });
  onThemeChange(draw);
}
