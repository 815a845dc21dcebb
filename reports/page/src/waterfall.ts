// One target's layers in the order in which they run: each bar begins where the one before ends.
import type { Drawing } from './charts';
import { tick } from './format';
import { type Chosen, kindColours, measure, type Metric } from './layer_measures';
import { frame } from './layer_pictures';
import { themeColour } from './palette';

export function waterfall({ entry, slot }: Chosen, metric: Metric, width: number): Drawing {
  const { layers } = entry.prediction;
  const colours = kindColours([{ entry, slot }]);
  const values = layers.map((layer) => measure(metric, layer, entry));
  let end = 0;
  const starts = values.map((value) => {
    end += value;
    return end - value;
  });
  const kinds = [...colours.keys()];
  const base = {
    type: 'bar',
    name: '',
    stack: 'layers',
    silent: true,
    barMaxWidth: 18,
    itemStyle: { color: 'transparent' },
    data: starts,
  };
  const series = kinds.map((kind) => ({
    type: 'bar',
    name: kind,
    stack: 'layers',
    barMaxWidth: 18,
    itemStyle: { color: colours.get(kind) },
    emphasis: { itemStyle: { borderColor: themeColour('text'), borderWidth: 1.5 } },
    label: {
      show: true,
      position: 'right',
      color: themeColour('muted'),
      fontSize: 11,
      formatter: ({ value }: { value: number }) =>
        value > 0 ? tick(Number(value.toPrecision(3))) : '',
    },
    data: layers.map((layer, i) => (layer.op === kind ? { value: values[i], layer, entry } : 0)),
  }));
  const labels = layers.map(({ index, op }) => `${index} ${op}`);
  return {
    height: 76 + layers.length * 22,
    option: frame([], labels, metric, width, kinds, [base, ...series]),
  };
}
