// Latency by layer: a stacked bar per target, the targets side by side for each layer, or one target's layers
// one behind the other.
import { Chart } from './charts';
import { h, heading, section, segmented } from './dom';
import { downloads } from './downloads';
import { duration } from './format';
import { type Chosen, kAxisName, type Metric } from './layer_measures';
import { byLayer, byTarget, kLayersShown, kTargetsSideBySide } from './layer_pictures';
import { onThemeChange } from './palette';
import { chosen, type State } from './state';
import { waterfall } from './waterfall';

type Layout = 'target' | 'layer' | 'waterfall';

const kLayouts: Record<Layout, string> = {
  target: 'by target',
  layer: 'by layer',
  waterfall: 'in the order of running',
};

function layerRows(rows: Chosen[]): (string | number)[][] {
  return [
    ['target', 'layer', 'operator', 'latency_ms', 'cycles', 'energy_uj'],
    ...rows.flatMap(({ entry }) =>
      entry.prediction.layers.map((layer) => [
        entry.label,
        layer.index,
        layer.op,
        layer.latency_ms,
        layer.cycles,
        layer.energy_uj,
      ]),
    ),
  ];
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
  const tools = h('span');
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
          ['waterfall', 'Waterfall'],
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
      tools,
    ),
    empty,
    canvas,
    foot,
  );
  const chart = new Chart(canvas);
  tools.append(
    downloads({ name: 'latency_by_layer', rows: () => layerRows(chosen(state.current)), chart }),
  );

  function draw(): void {
    const rows = chosen(state.current);
    const depth = Math.max(...rows.map(({ entry }) => entry.prediction.layers.length), 0);
    const drawable = rows.length > 0 && depth > 0;
    empty.hidden = drawable;
    canvas.hidden = !drawable;
    more.hidden = !drawable || layout !== 'layer' || depth <= kLayersShown;
    more.textContent = all ? `Show the ${kLayersShown} costliest` : `Show all ${depth} layers`;
    note.textContent =
      drawable && layout === 'layer' && rows.length > kTargetsSideBySide
        ? `The ${kTargetsSideBySide} fastest of ${rows.length} chosen targets.`
        : layout === 'waterfall'
          ? `${state.current.focus.label}, the target in detail below.`
          : '';
    foot.hidden = more.hidden && note.textContent === '';
    if (!drawable) return;
    canvas.setAttribute(
      'aria-label',
      `Bar chart, ${kAxisName[metric]}, ${kLayouts[layout]}: ` +
        rows
          .map(({ entry }) => `${entry.label} ${duration(entry.prediction.latency_ms)}`)
          .join('; '),
    );
    chart.show((width) => {
      if (layout === 'waterfall')
        return waterfall({ entry: state.current.focus, slot: 0 }, metric, width);
      return layout === 'target'
        ? byTarget(rows, metric, width)
        : byLayer(rows, metric, width, all);
    });
  }
  state.subscribe((_, changed) => {
    const isOther = layout === 'waterfall' && changed.has('focus');
    if (changed.has('model') || changed.has('selected') || isOther) draw();
  });
  onThemeChange(draw);
}
