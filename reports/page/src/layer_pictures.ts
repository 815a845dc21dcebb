// Pictures of layers: stacked in a bar for each target, or side by side for each layer.
import {
  basics,
  categoryAxis,
  type Drawing,
  labelWidth,
  legendStyle,
  type Option,
  tooltipStyle,
  valueAxis,
} from './charts';
import type { Entry, Layer } from './document';
import { tick } from './format';
import {
  type Chosen,
  kAxisName,
  kindColours,
  layerTip,
  measure,
  type Metric,
  total,
} from './layer_measures';
import { category, shade, themeColour } from './palette';

export const kLayersShown = 20; // by layer: the costliest, until all are asked for
export const kTargetsSideBySide = 8;

export function byTarget(rows: Chosen[], metric: Metric, width: number): Drawing {
  const colours = kindColours(rows);
  const depth = Math.max(...rows.map(({ entry }) => entry.prediction.layers.length), 0);
  const series: object[] = [];
  const seen = new Map<string, number>();
  for (let i = 0; i < depth; ++i) {
    // Series of one name share a legend entry. A layer's operator may differ between targets only
    // in theory; then each operator gets a series of its own.
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

export function byLayer(rows: Chosen[], metric: Metric, width: number, all: boolean): Drawing {
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

export function frame(
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
