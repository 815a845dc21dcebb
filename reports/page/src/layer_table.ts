// Every layer of the target in detail, with its stalls.
import type { Layer, Prediction } from './document';
import { cyclesPerMac, stallCauses } from './document';
import { h, heading, section } from './dom';
import { downloads } from './downloads';
import { causeMeaning, causeName, figure, percent, whole } from './format';
import { swatch } from './marks';
import { causeColours } from './palette';
import { type Column, SortableTable } from './sortable_table';
import type { State } from './state';
import { facts, withTip } from './tip';

function stallCell(layer: Layer, causes: string[], colours: Map<string, string>): HTMLElement {
  const spent = causes.filter((cause) => (layer.stalls[cause] ?? 0) > 0);
  const top = spent
    .filter((cause) => cause !== 'issue')
    .sort((a, b) => layer.stalls[b] - layer.stalls[a])
    .slice(0, 2);
  const text = top.map(
    (cause) => `${causeName(cause)} ${percent(layer.stalls[cause], layer.cycles)}`,
  );
  return withTip(
    h(
      'div',
      { class: 'stalls' },
      h(
        'div',
        { class: 'stack-bar', 'aria-hidden': 'true' },
        ...spent.map((cause) =>
          h('i', {
            style: `width:${
              (100 * layer.stalls[cause]) / Math.max(layer.cycles, 1)
            }%;background:${colours.get(cause)}`,
          }),
        ),
      ),
      h('small', {}, text.join(', ')),
    ),
    () =>
      facts(
        `Cycles of layer ${layer.index}`,
        spent.map((cause) => [
          causeName(cause),
          `${whole(layer.stalls[cause])} (${percent(layer.stalls[cause], layer.cycles)})`,
        ]),
      ),
    false,
  );
}

function columns(
  prediction: Prediction,
  causes: string[],
  colours: Map<string, string>,
): Column<Layer>[] {
  const costliest = Math.max(...prediction.layers.map((layer) => layer.cycles), 1);
  return [
    {
      header: '#',
      numeric: true,
      value: (layer) => layer.index,
      cell: (layer) => String(layer.index),
    },
    {
      header: 'Operator',
      rowHeader: true,
      value: (layer) => layer.op,
      cell: (layer) =>
        h(
          'span',
          { class: 'stacked' },
          h('b', {}, layer.op),
          h('small', { class: 'muted clip', title: layer.name }, layer.name),
        ),
    },
    {
      header: 'Kernel and output',
      value: (layer) => layer.kernel,
      cell: (layer) =>
        h(
          'span',
          { class: 'stacked' },
          h('span', { class: 'code' }, layer.kernel),
          h('small', { class: 'muted code' }, layer.output_shape),
          layer.note !== '' && h('small', { class: 'muted note' }, layer.note),
        ),
    },
    {
      header: 'MACs',
      numeric: true,
      value: (layer) => layer.macs,
      cell: (layer) => (layer.macs > 0 ? whole(layer.macs) : '–'),
    },
    {
      header: 'Cycles',
      numeric: true,
      value: (layer) => layer.cycles,
      cell: (layer) =>
        h(
          'div',
          { class: 'latency' },
          h('span', {}, whole(layer.cycles)),
          h('i', { style: `width:${(100 * layer.cycles) / costliest}%`, 'aria-hidden': 'true' }),
        ),
    },
    {
      header: 'Cycles/MAC',
      numeric: true,
      value: cyclesPerMac,
      cell: (layer) => (layer.macs > 0 ? figure(cyclesPerMac(layer)!) : '–'),
    },
    {
      header: 'Latency',
      unit: 'ms',
      numeric: true,
      value: (layer) => layer.latency_ms,
      cell: (layer) => figure(layer.latency_ms),
    },
    {
      header: 'Energy',
      unit: 'µJ',
      numeric: true,
      value: (layer) => layer.energy_uj,
      cell: (layer) => figure(layer.energy_uj),
    },
    {
      header: 'Share',
      numeric: true,
      value: (layer) => layer.cycles,
      cell: (layer) => percent(layer.cycles, prediction.cycles),
    },
    { header: 'Cycles by cause', cell: (layer) => stallCell(layer, causes, colours) },
  ];
}

export function showLayers(state: State): void {
  const lead = h('span');
  const legend = h('ul', { class: 'legend', 'aria-label': 'Causes' });
  const holder = h('div', {
    class: 'scroller tall',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Layer table',
  });
  let table: SortableTable<Layer>;
  const saved = downloads({ name: 'layers', rows: () => table.data() });
  section('layers').replaceChildren(
    heading('layers', 'Layer by layer', lead, saved),
    legend,
    holder,
  );
  state.subscribe(({ model, focus }, changed) => {
    if (!changed.has('model') && !changed.has('focus')) return;
    const { prediction } = focus;
    const causes = stallCauses([focus]);
    const colours = causeColours(stallCauses(model.entries));
    lead.textContent = prediction.accelerator
      ? `${focus.label}: ${whole(prediction.cycles)} cycles of the accelerator's clock.`
      : `${focus.label}: ${whole(prediction.cycles)} cycles for ${whole(
          prediction.instructions,
        )} instructions.`;
    legend.replaceChildren(
      ...causes.map((cause) =>
        h(
          'li',
          { title: causeMeaning(cause) || null },
          swatch(colours.get(cause)!),
          causeName(cause),
        ),
      ),
    );
    table = new SortableTable(columns(prediction, causes, colours), `Layers on ${focus.label}`, 0);
    table.setRows(prediction.layers);
    holder.replaceChildren(table.element);
  });
}
