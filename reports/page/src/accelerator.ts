// An accelerator in detail: where each layer's time goes, how near it comes to the roof, what moves,
// and what is not mapped. Shown when the target in detail is one.
import { basics, Chart, legendStyle, type Option, tooltipStyle, valueAxis } from './charts';
import type { AcceleratorLayer, Entry, Layer, Prediction } from './document';
import { h, heading, section } from './dom';
import { bytes, duration, figure, percent, tick, whole } from './format';
import { marked } from './marks';
import { category, onThemeChange, themeColour } from './palette';
import { plainTable } from './plain_table';
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

function onAccelerator(layer: Layer): AcceleratorLayer {
  return layer.accelerator!;
}

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
              ['latency', marked(p, 'latency', duration(layer.latency_ms))],
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

interface RoofPoint {
  layer: Layer;
  intensity: number; // MACs for each byte
  rate: number; // GMAC/s
}

// Over the bytes that come in from outside, or all that is touched where nothing does.
function roofPoints(p: Prediction): RoofPoint[] {
  const outside = p.accelerator!.weight_bytes_per_second > 0;
  return p.layers
    .filter((layer) => layer.macs > 0 && onAccelerator(layer).mapped && layer.latency_ms > 0)
    .map((layer) => {
      const on = onAccelerator(layer);
      const moved = outside
        ? on.streamed_bytes + on.link_bytes
        : on.onchip_bytes + on.weight_bytes;
      return {
        layer,
        intensity: layer.macs / Math.max(moved, 1),
        rate: layer.macs / layer.latency_ms / 1e6,
      };
    });
}

function logAxis(name: string, values: number[]): object {
  return {
    ...valueAxis(name, tick),
    type: 'log',
    min: 10 ** Math.floor(Math.log10(Math.min(...values))),
    max: 10 ** Math.ceil(Math.log10(Math.max(...values))),
  };
}

function roofChart({ prediction: p }: Entry): { option: Option; height: number } {
  const use = p.accelerator!;
  const points = roofPoints(p);
  const peak = use.peak_macs_per_second / 1e9;
  const supply = use.weight_bytes_per_second / 1e9; // GB/s, so GMAC/s for a MAC a byte
  const intensities = points.map(({ intensity }) => intensity);
  const least = 10 ** Math.floor(Math.log10(Math.min(...intensities)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...intensities, supply > 0 ? peak / supply : 1)));
  const roof: [number, number][] =
    supply > 0 && peak / supply > least
      ? [
          [least, least * supply],
          [peak / supply, peak],
          [most, peak],
        ]
      : [
          [least, peak],
          [most, peak],
        ];
  const kinds = [...new Set(points.map(({ layer }) => layer.op))];
  const names = ['roof', ...kinds];
  const x = supply > 0 ? 'MACs for each byte from outside' : 'MACs for each byte on chip';
  return {
    height: 340,
    option: {
      ...basics(),
      legend: legendStyle(names),
      grid: { left: 64, right: 24, top: 40, bottom: 50 },
      tooltip: {
        ...tooltipStyle(),
        formatter: ({ data }: { data: { point?: RoofPoint } }) => {
          if (!data.point) return facts('Roof', [['peak', `${figure(peak)} GMAC/s`]]);
          const { layer, intensity, rate } = data.point;
          return facts(`${layer.index} · ${layer.op} ${layer.output_shape}`, [
            ['reached', `${figure(rate)} GMAC/s`],
            ['of peak', percent(rate, peak)],
            ['MACs for each byte', figure(intensity)],
            ['array while busy', percent(onAccelerator(layer).utilization, 1)],
          ]);
        },
      },
      xAxis: logAxis(x, [least, most]),
      yAxis: {
        ...logAxis('GMAC/s', [...points.map(({ rate }) => rate), peak]),
        nameGap: 48,
      },
      series: [
        {
          type: 'line',
          name: 'roof',
          data: roof,
          symbol: 'none',
          lineStyle: { color: themeColour('muted'), width: 2 },
          itemStyle: { color: themeColour('muted') },
        },
        ...kinds.map((kind, i) => ({
          type: 'scatter',
          name: kind,
          symbolSize: 9,
          itemStyle: { color: category(i), opacity: 0.8 },
          data: points
            .filter(({ layer }) => layer.op === kind)
            .map((point) => ({ value: [point.intensity, point.rate], point })),
        })),
      ],
    },
  };
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
    ['Bytes', 'Count', 'Size'],
    rows.filter(([, count]) => count > 0).map(([name, count]) => [name, whole(count), bytes(count)]),
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
  return `${label}${where.length > 0 ? ` (${where.join(', ')})` : ''}: ${marked(p, 'latency', duration(p.latency_ms))}: ${parts}. ${figure(use.inferences_per_second)} inferences a second; the array reaches ${percent(reached, 1)} of its peak while it is busy.`;
}

export function showAccelerator(state: State): void {
  const lead = h('span');
  const partsCanvas = h('div', { class: 'chart', id: 'parts-chart', role: 'img' });
  const roofCanvas = h('div', { class: 'chart', id: 'roof-chart', role: 'img' });
  const tables = h('div', { id: 'accelerator-tables' });
  const host = section('accelerator');
  host.replaceChildren(
    heading('accelerator', 'On the accelerator', lead),
    partsCanvas,
    h('h3', {}, 'Roofline'),
    roofCanvas,
    tables,
  );
  const parts = new Chart(partsCanvas);
  const roof = new Chart(roofCanvas);
  function draw(): void {
    const { focus } = state.current;
    const p = focus.prediction;
    host.hidden = p.accelerator === undefined;
    if (host.hidden) return;
    lead.textContent = summary(focus);
    partsCanvas.setAttribute('aria-label', `Bar chart of latency by operator. ${summary(focus)}`);
    roofCanvas.setAttribute('aria-label', 'Rate of each operator against the roof of the accelerator');
    parts.show(() => partsChart(focus));
    roofCanvas.hidden = roofPoints(p).length === 0;
    if (!roofCanvas.hidden) roof.show(() => roofChart(focus));
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
