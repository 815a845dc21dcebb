// The comparison table: every target of the model, sortable; rows choose what the charts show.
import type { Entry, Figure } from './document';
import { cyclesPerMac, sameness } from './document';
import { h, heading, section } from './dom';
import { bytes, dollars, figure, megahertz, percent, whole } from './format';
import { describe, estimated, swatch } from './marks';
import { category } from './palette';
import { SortableTable } from './sortable_table';
import type { Column } from './sortable_table';
import { type Choice, type State, fastest } from './state';
import { facts, withTip } from './tip';

const kSearchFrom = 9; // targets from which a search box helps

function usageBar(entry: Entry, name: 'sram' | 'flash'): HTMLElement {
  const { total_bytes: used, capacity_bytes: capacity } = entry.prediction[name];
  const share = capacity > 0 ? used / capacity : 2;
  const level = share > 1 ? 'over' : share > 0.85 ? 'tight' : '';
  return h(
    'div',
    { class: 'usage' },
    h(
      'div',
      {},
      estimated(entry.prediction, name, bytes(used)),
      h('span', { class: 'muted' }, ` / ${bytes(capacity)}`),
    ),
    h(
      'div',
      { class: `meter ${level}`, role: 'img', 'aria-label': `${percent(used, capacity)} used` },
      h('i', { style: `width:${Math.min(100 * share, 100)}%` }),
    ),
  );
}

function targetCell(entry: Entry, state: State): HTMLElement {
  const box = h('input', {
    type: 'checkbox',
    'aria-label': `Show ${entry.label} in the charts`,
    onchange: () => state.toggle(entry.id),
  });
  const description = describe(entry);
  return h(
    'span',
    { class: 'target' },
    box,
    swatch('transparent'),
    h(
      'span',
      {},
      h('b', {}, entry.label),
      description !== '' && h('small', { class: 'muted' }, description),
    ),
  );
}

function verdict({ prediction }: Entry): HTMLElement {
  if (prediction.fits) return h('span', { class: 'yes' }, 'yes');
  const reasons = prediction.reasons.join(' ');
  return withTip(
    h(
      'span',
      { class: 'verdict' },
      h('b', { class: 'no' }, 'no'),
      h('small', {}, prediction.reasons[0] ?? ''),
    ),
    () => facts('Does not fit', [], reasons),
  );
}

function exactness({ prediction }: Entry): HTMLElement {
  const { ulp, bound_ulp, operators } = prediction.float_agreement ?? { ulp: 0, bound_ulp: 0, operators: [] };
  switch (sameness(prediction)) {
    case 'unknown':
      return h('span', { class: 'muted', title: 'Outputs are not computed here' }, '–');
    case 'exact':
      return h('span', { class: 'yes', title: 'Every output byte equals the reference' }, 'yes');
    case 'near':
      return h(
        'span',
        {
          class: 'yes',
          title: `Within ${ulp} ULP of the reference (bound ${bound_ulp}): float32 ${operators.join(', ')}`,
        },
        `${ulp} ULP`,
      );
    case 'wrong':
      return h('b', { class: 'no', title: 'The output differs from the reference' }, 'no');
  }
}

function columns(entries: Entry[], state: State): Column<Entry>[] {
  const slowest = Math.max(...entries.map(({ prediction }) => prediction.latency_ms), 0);
  const millijoules = entries.some(({ prediction }) => prediction.energy_uj >= 100000);
  const scale = millijoules ? 1000 : 1;
  const number = (
    name: Figure,
    value: (entry: Entry) => number | null,
  ): Partial<Column<Entry>> => ({
    numeric: true,
    value,
    cell: (entry) => {
      const result = value(entry);
      return result === null ? '–' : estimated(entry.prediction, name, figure(result));
    },
  });
  const result: Column<Entry>[] = [
    {
      header: 'Target',
      rowHeader: true,
      value: (entry) => entry.label,
      cell: (entry) => targetCell(entry, state),
    },
    {
      header: 'Core',
      help: 'Core, clock and kernel library',
      value: ({ prediction }) => `${prediction.core} ${prediction.clock_hz}`,
      cell: ({ prediction }) =>
        h(
          'span',
          { class: 'stacked' },
          h('span', {}, prediction.core),
          h(
            'small',
            { class: 'muted' },
            `${megahertz(prediction.clock_hz)} · ${prediction.kernels}`,
          ),
        ),
    },
    {
      header: 'Latency',
      unit: 'ms',
      numeric: true,
      value: ({ prediction }) => prediction.latency_ms,
      cell: ({ prediction }) =>
        h(
          'div',
          { class: 'latency', title: `${whole(prediction.cycles)} cycles` },
          estimated(prediction, 'latency', figure(prediction.latency_ms)),
          h('i', {
            style: `width:${slowest > 0 ? (100 * prediction.latency_ms) / slowest : 0}%`,
            'aria-hidden': 'true',
          }),
        ),
    },
    {
      header: 'Cycles/MAC',
      ...number('cycles', ({ prediction }) => cyclesPerMac(prediction)),
    } as Column<Entry>,
    {
      header: 'Energy',
      unit: millijoules ? 'mJ' : 'µJ',
      ...number('energy', ({ prediction }) => prediction.energy_uj / scale),
    } as Column<Entry>,
    {
      header: 'SRAM',
      value: ({ prediction: { sram } }) => sram.total_bytes / sram.capacity_bytes,
      cell: (entry) => usageBar(entry, 'sram'),
      help: 'Used and available; sorts by the share used',
    },
    {
      header: 'Flash',
      value: ({ prediction: { flash } }) => flash.total_bytes / flash.capacity_bytes,
      cell: (entry) => usageBar(entry, 'flash'),
      help: 'Used and available; sorts by the share used',
    },
  ];
  if (entries.some(({ prediction }) => prediction.price_usd !== null)) {
    result.push({
      header: 'Price',
      numeric: true,
      value: ({ prediction }) => prediction.price_usd,
      cell: ({ prediction }) =>
        prediction.price_usd === null
          ? '–'
          : estimated(prediction, 'price', dollars(prediction.price_usd)),
    });
  }
  result.push(
    {
      header: 'Fits',
      value: ({ prediction }) => (prediction.fits ? 0 : 1),
      cell: verdict,
    },
    {
      header: 'Bit-exact',
      value: ({ prediction }) => ['exact', 'near', 'unknown', 'wrong'].indexOf(sameness(prediction)),
      cell: exactness,
      help: 'Whether the output equals the reference bit for bit, or how near floats come to it',
    },
  );
  return result;
}

export function showComparison(state: State): void {
  const fitsOnly = h('input', { type: 'checkbox', id: 'fits-only', onchange: () => fill() });
  const search = h('input', {
    type: 'search',
    id: 'target-search',
    placeholder: 'Find a target or core',
    'aria-label': 'Find a target or core',
    oninput: () => fill(),
  });
  const holder = h('div', {
    class: 'scroller',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Comparison table',
  });
  const status = h('p', { class: 'muted status', role: 'status' });
  let table: SortableTable<Entry>;

  const preset = (text: string, ids: (choice: Choice) => number[]) =>
    h(
      'button',
      { type: 'button', class: 'plain', onclick: () => state.select(ids(state.current)) },
      text,
    );
  const presets = h(
    'div',
    { class: 'presets' },
    'In the charts:',
    preset('six fastest', ({ model }) => fastest(model, 6).map((entry) => entry.id)),
    preset('all', ({ model }) => model.entries.map((entry) => entry.id)),
    preset('none', () => []),
  );
  section('comparison').replaceChildren(
    heading(
      'comparison',
      'Which chip?',
      'Click a header to sort, a row to show it in the charts below. "~" marks a figure that rests on an estimate.',
      search,
      h('label', { class: 'check' }, fitsOnly, 'Fits only'),
    ),
    holder,
    h('div', { class: 'table-foot' }, status, presets),
  );

  function fill(): void {
    const { entries } = state.current.model;
    const wanted = search.value.trim().toLowerCase();
    const shown = entries.filter(
      ({ label, prediction: p }) =>
        (p.fits || !fitsOnly.checked) &&
        `${label} ${p.target_description} ${p.core}`.toLowerCase().includes(wanted),
    );
    table.setRows(shown);
    status.textContent =
      shown.length === entries.length
        ? `${entries.length} ${entries.length === 1 ? 'target' : 'targets'}`
        : shown.length === 0
          ? 'No target matches the filter.'
          : `${shown.length} of ${entries.length} targets`;
    mark(state.current);
  }

  function mark(choice: Choice): void {
    table.forEachRow((element, entry) => {
      const slot = choice.selected.get(entry.id);
      element.classList.toggle('selected', slot !== undefined);
      element.querySelector<HTMLInputElement>('input[type=checkbox]')!.checked = slot !== undefined;
      const dot = element.querySelector<HTMLElement>('.swatch')!;
      dot.style.background = slot === undefined ? 'transparent' : category(slot);
    });
  }

  state.subscribe((choice, changed) => {
    if (changed.has('model')) {
      const { entries } = choice.model;
      search.hidden = entries.length < kSearchFrom;
      presets.hidden = entries.length < 2;
      search.value = '';
      table = new SortableTable(
        columns(entries, state),
        `${choice.model.label}: comparison of targets`,
        2,
        'ascending',
        (element, entry) => {
          element.classList.toggle('unfit', !entry.prediction.fits);
          element.addEventListener('click', (event) => {
            if (!(event.target as Element).closest('input, button')) state.toggle(entry.id);
          });
        },
      );
      holder.replaceChildren(table.element);
      fill();
    } else if (changed.has('selected')) {
      mark(choice);
    }
  });
}
