// The roofline's picture and data.
import { basics, legendStyle, type Option, tooltipStyle, valueAxis } from './charts';
import type { Prediction } from './document';
import { duration, figure, percent, tick } from './format';
import { category, themeColour } from './palette';
import { onAccelerator, type RoofPoint, roofAt, roofOf, roofPoints } from './roofline';
import { facts } from './tip';

function logAxis(name: string, values: number[]): object {
  return {
    ...valueAxis(name, tick),
    type: 'log',
    min: 10 ** Math.floor(Math.log10(Math.min(...values))),
    max: 10 ** Math.ceil(Math.log10(Math.max(...values))),
  };
}

function tip({ layer, intensity, rate, hidden_ms }: RoofPoint, peak: number): HTMLElement {
  return facts(
    `${layer.index} · ${layer.op} ${layer.output_shape}`,
    [
      ['reached', `${figure(rate)} GMAC/s`],
      ['of peak', percent(rate, peak)],
      ['MACs for each byte', figure(intensity)],
      ['array while busy', percent(onAccelerator(layer).utilization, 1)],
    ],
    hidden_ms > 0
      ? `Of ${duration(layer.latency_ms + hidden_ms)} that it takes with its weights, ${duration(hidden_ms)} pass under the operator before.`
      : '',
  );
}

export function hiddenFetches(points: RoofPoint[]): string {
  const hidden = points.filter(({ hidden_ms }) => hidden_ms > 0).length;
  if (hidden === 0) return '';
  return `Hollow: weights come in while the operator before runs (${hidden} of ${points.length}); the rate counts that time.`;
}

export function roofRows(p: Prediction): (string | number)[][] {
  const points = roofPoints(p);
  const roof = roofOf(p, points);
  return [
    [
      'operator',
      'kind',
      'macs_per_byte',
      'gmacs_per_second',
      'roof_gmacs_per_second',
      'hidden_fetch_ms',
    ],
    ...points.map(({ layer, intensity, rate, hidden_ms }) => [
      layer.index,
      layer.op,
      intensity,
      rate,
      roofAt(roof, intensity),
      hidden_ms,
    ]),
  ];
}

export function roofChart(p: Prediction): { option: Option; height: number } {
  const points = roofPoints(p);
  const roof = roofOf(p, points);
  const kinds = [...new Set(points.map(({ layer }) => layer.op))];
  const x = roof.supply > 0 ? 'MACs for each byte from outside' : 'MACs for each byte on chip';
  return {
    height: 340,
    option: {
      ...basics(),
      legend: legendStyle(['roof', ...kinds]),
      grid: { left: 64, right: 24, top: 40, bottom: 50 },
      tooltip: {
        ...tooltipStyle(),
        formatter: ({ data }: { data: { point?: RoofPoint } }) =>
          data.point
            ? tip(data.point, roof.peak)
            : facts('Roof', [['peak', `${figure(roof.peak)} GMAC/s`]]),
      },
      xAxis: logAxis(x, [roof.least, roof.most]),
      yAxis: {
        ...logAxis('GMAC/s', [...points.map(({ rate }) => rate), roof.peak]),
        nameGap: 48,
      },
      series: [
        {
          type: 'line',
          name: 'roof',
          data: roof.line,
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
            .map((point) => ({
              value: [point.intensity, point.rate],
              point,
              ...(point.hidden_ms > 0
                ? { itemStyle: { color: 'transparent', borderColor: category(i), borderWidth: 2 } }
                : {}),
            })),
        })),
      ],
    },
  };
}
