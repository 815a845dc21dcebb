// An accelerator in detail: where each layer's time goes, how near it comes to the roof, what
// moves, and what is not mapped. Shown when the target in detail is one.
import { basics, Chart, legendStyle, type Option, tooltipStyle, valueAxis } from './charts';
import type { Entry, Prediction } from './document';
import { h, heading, section } from './dom';
import { downloads } from './downloads';
import { bytes, duration, figure, kibibytes, percent, tick, whole } from './format';
import { category, onThemeChange, themeColour } from './palette';
import { plainTable } from './plain_table';
import { hiddenFetches, roofChart, roofRows } from './roof_chart';
import { onAccelerator, roofPoints } from './roofline';
import type { State } from './state';
import { facts } from './tip';

type Part = 'compute_ms' | 'onchip_ms' | 'stream_ms' | 'link_ms' | 'host_ms';

const kParts: [Part, string, string][] = [
  ['compute_ms', 'compute', 'The multipliers, padded to the shape of the array.'],
  ['onchip_ms', 'on-chip traffic', 'Results, activations and weights moved on chip, and control.'],
  ['stream_ms', 'parameter streaming', 'Waiting for weights that are not on chip.'],
  ['link_ms', 'link', 'Instructions and tensors between host and accelerator.'],
  ['host_ms', 'host', 'Operators that are not mapped.'],
];

// Parts of some length, with colours that are the same for every target.
function partsOf(p: Prediction): { part: Part; name: string; meaning: string; colour: string }[] {
  return kParts
    .map(([part, name, meaning], i) => ({ part, name, meaning, colour: category(i) }))
    .filter(({ part }) => p.layers.some((layer) => onAccelerator(layer)[part] > 0));
}

function sumOf(p: Prediction, part: Part): number {
  return p.layers.reduce((sum, layer) => sum + onAccelerator(layer)[part], 0);
}

function partsChart({ prediction: p }: Entry): { option: Option; height: number } {
  const parts = partsOf(p);
  return {
    height: 330,
    option: {
      ...basics(),
      legend: legendStyle(parts.map(({ name }) => name)),
      grid: { left: 64, right: 20, top: 40, bottom: 50 },
      tooltip: {
        ...tooltipStyle(),
        formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
          const layer = p.layers[dataIndex];
          const on = onAccelerator(layer);
          return facts(
            `${layer.index} · ${layer.op} ${layer.output_shape}`,
            [
              ['latency', duration(layer.latency_ms)],
              ...parts.map(({ part, name }): [string, string] => [name, duration(on[part])]),
              ['of peak', on.mapped && layer.macs > 0 ? percent(on.utilization, 1) : '–'],
              ['weights streamed', bytes(on.streamed_bytes)],
              ['link', bytes(on.link_bytes)],
            ],
            parts[seriesIndex].meaning,
          );
        },
      },
      xAxis: {
        type: 'category',
        data: p.layers.map((layer) => String(layer.index)),
        name: 'operator',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: themeColour('muted'), fontSize: 12 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: themeColour('line-strong') } },
        axisLabel: { color: themeColour('muted'), fontSize: 12, hideOverlap: true },
      },
      yAxis: {
        ...valueAxis('latency, ms', tick),
        nameGap: 48,
      },
      series: parts.map(({ part, name, colour }) => ({
        type: 'bar',
        name,
        stack: 'parts',
        barCategoryGap: '18%',
        itemStyle: { color: colour },
        data: p.layers.map((layer) => onAccelerator(layer)[part]),
      })),
    },
  };
}

function partsRows(p: Prediction): (string | number)[][] {
  return [
    ['operator', 'kind', ...kParts.map(([part]) => part)],
    ...p.layers.map((layer) => [
      layer.index,
      layer.op,
      ...kParts.map(([part]) => onAccelerator(layer)[part]),
    ]),
  ];
}

function byteTable(p: Prediction): HTMLElement {
  const use = p.accelerator!;
  const rows: [string, number][] = [
    ['on-chip memory', use.memory_bytes],
    ['activations at their peak', use.working_bytes],
    ['weights as stored', use.weight_bytes],
    ['weights cached', use.cached_bytes],
    ['parameter cache', use.cache_capacity_bytes],
    ['weights streamed in each inference', use.streamed_bytes],
    ['instructions in each inference', use.instruction_bytes],
    ['tensors in', use.input_bytes],
    ['tensors out', use.output_bytes],
  ];
  return plainTable(
    'Bytes held and moved',
    ['What', 'Bytes', 'KiB'],
    rows
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [name, whole(count), kibibytes(count)]),
  );
}

function unmappedTable(p: Prediction): HTMLElement {
  const unmapped = p.layers.filter((layer) => !onAccelerator(layer).mapped);
  if (unmapped.length === 0) return h('p', {}, 'Every operator is mapped.');
  return plainTable(
    'Operators that are not mapped',
    ['Operator', 'Output', 'Latency', 'Why'],
    unmapped.map((layer) => [
      `${layer.index} · ${layer.op}`,
      layer.output_shape,
      duration(layer.latency_ms),
      onAccelerator(layer).rule,
    ]),
  );
}

function summary({ label, prediction: p }: Entry): string {
  const use = p.accelerator!;
  const parts = partsOf(p)
    .map(({ part, name }) => `${name} ${duration(sumOf(p, part))}`)
    .join(', ');
  const busy = sumOf(p, 'compute_ms') + sumOf(p, 'onchip_ms');
  const reached = busy > 0 ? use.mapped_macs / ((use.peak_macs_per_second * busy) / 1e3) : 0;
  const where = [
    use.link !== '' && `link ${use.link}`,
    use.weights_in !== '' && `weights in ${use.weights_in}`,
    use.devices > 1 && `${use.devices} devices ${use.device_use}`,
    use.passes > 1 && `${use.passes} passes over the picture`,
  ].filter(Boolean);
  return `${label}${where.length > 0 ? ` (${where.join(', ')})` : ''}: ${duration(p.latency_ms)}: ${
    parts
  }. ${figure(use.inferences_per_second)} inferences a second; the array reaches ${percent(
    reached,
    1,
  )} of its peak while it is busy.`;
}

export function showAccelerator(state: State): void {
  const lead = h('span');
  const partsCanvas = h('div', { class: 'chart', id: 'parts-chart', role: 'img' });
  const roofCanvas = h('div', { class: 'chart', id: 'roof-chart', role: 'img' });
  const tables = h('div', { id: 'accelerator-tables' });
  const partsTools = h('span');
  const roofTools = h('span');
  const roofNote = h('p', { class: 'muted' });
  const host = section('accelerator');
  host.replaceChildren(
    heading('accelerator', 'On the accelerator', lead, partsTools),
    partsCanvas,
    h('div', { class: 'sub-head' }, h('h3', {}, 'Roofline'), roofTools),
    roofCanvas,
    roofNote,
    tables,
  );
  const parts = new Chart(partsCanvas);
  const roof = new Chart(roofCanvas);
  const focused = () => state.current.focus.prediction;
  partsTools.append(
    downloads({ name: 'accelerator_parts', rows: () => partsRows(focused()), chart: parts }),
  );
  roofTools.append(downloads({ name: 'roofline', rows: () => roofRows(focused()), chart: roof }));
  function draw(): void {
    const { focus } = state.current;
    const p = focus.prediction;
    host.hidden = p.accelerator === undefined;
    if (host.hidden) return;
    lead.textContent = summary(focus);
    partsCanvas.setAttribute('aria-label', `Bar chart of latency by operator. ${summary(focus)}`);
    roofCanvas.setAttribute(
      'aria-label',
      'Rate of each operator against the roof of the accelerator',
    );
    parts.show(() => partsChart(focus));
    const points = roofPoints(p);
    roofCanvas.hidden = points.length === 0;
    roofNote.textContent = hiddenFetches(points);
    if (!roofCanvas.hidden) roof.show(() => roofChart(p));
    tables.replaceChildren(
      h('h3', {}, 'Bytes held and moved'),
      byteTable(p),
      h('h3', {}, 'Not mapped'),
      unmappedTable(p),
    );
  }
  state.subscribe((_, changed) => {
    if (changed.has('model') || changed.has('focus')) draw();
  });
  onThemeChange(draw);
}
