// The points, by the standings and brushes that the reader chose; of many the first ones.
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { whole } from '../format';
import { type Column, SortableTable } from '../sortable_table';
import type { Standing, Sweep } from './document';
import { columnText, columnUnit, fieldHeading } from './field_text';
import { kStandings, valueText } from './point_text';
import type { Selection } from './selection';

const kRows = 100;

function number(sweep: Sweep, name: string): Column<number> {
  return {
    header: fieldHeading(name),
    unit: columnUnit(name),
    help: sweep.field(name)?.meaning,
    numeric: true,
    value: (point) => sweep.number(name, point),
    cell: (point) => valueText(sweep, name, point, columnText),
  };
}

function usage(sweep: Sweep, header: string, used: string, capacity: string): Column<number> {
  return {
    ...number(sweep, used),
    header,
    help: 'Used and available',
    cell: (point) => {
      const available = sweep.number(capacity, point);
      if (sweep.number(used, point) === null || available === null) return '–';
      return h(
        'span',
        {},
        valueText(sweep, used, point, columnText),
        h('span', { class: 'muted' }, ` / ${columnText(capacity, available)}`),
      );
    },
  };
}

function columns(sweep: Sweep): Column<number>[] {
  const has = (name: string) => sweep.field(name) !== undefined;
  const usual = ['latency_ms', sweep.energy, 'sram_bytes', 'flash_bytes', 'price_usd', 'clock_mhz'];
  const own = sweep.objectives.filter((name) => !usual.includes(name) && has(name));
  return [
    {
      header: 'Point',
      numeric: true,
      help: 'Its number, for --why',
      value: (point) => point,
      cell: (point) => whole(point),
    },
    {
      header: 'Model',
      rowHeader: true,
      value: (point) => sweep.modelName(point),
      cell: (point) => h('b', {}, sweep.modelName(point)),
    },
    {
      header: 'Target',
      value: (point) => sweep.text('target', point),
      cell: (point) =>
        h(
          'span',
          { class: 'stacked' },
          sweep.text('target', point),
          h('small', { class: 'muted' }, sweep.configuration(point)),
        ),
    },
    number(sweep, 'clock_mhz'),
    ...own.map((name) => number(sweep, name)),
    number(sweep, 'latency_ms'),
    number(sweep, sweep.energy),
    usage(sweep, 'SRAM', 'sram_bytes', 'sram_capacity'),
    usage(sweep, 'Flash', 'flash_bytes', 'flash_capacity'),
    ...(has('price_usd') ? [number(sweep, 'price_usd')] : []),
    {
      header: 'Answer',
      value: (point) => sweep.answer(point),
      cell: (point) => {
        const standing = sweep.standing(point);
        if (standing === 'front') return h('span', { class: 'badge good' }, 'on the front');
        if (standing === 'meets') return h('span', { class: 'yes' }, 'yes');
        return h('div', { class: 'note muted' }, sweep.answer(point));
      },
    },
  ];
}

// Standings that some points have, in groups a reader would ask for.
function choices(sweep: Sweep): [string, Standing[], number][] {
  const { counts } = sweep.document;
  const without = counts.points - counts.answered;
  const all: [string, Standing[], number][] = [
    ['the front', ['front'], counts.front],
    ['all that meet everything', ['front', 'meets'], counts.meets],
    ['all that are answered', ['front', 'meets', 'answered'], counts.answered],
    ['all', Object.keys(kStandings) as Standing[], without > 0 ? counts.points : 0],
  ];
  return all.filter(([, , count], i) => count > 0 && all.findIndex(([, , c]) => c === count) === i);
}

export function showPoints(sweep: Sweep, selection: Selection): void {
  const options = choices(sweep);
  const current = [...selection.shownStandings].sort().join();
  const select = h(
    'select',
    { id: 'standing', onchange: () => selection.showStandings(options[select.selectedIndex][1]) },
    ...options.map(([text, standings, count]) =>
      h(
        'option',
        { selected: [...standings].sort().join() === current },
        `${text} (${whole(count)})`,
      ),
    ),
  );
  const first = sweep.objectives[0] ?? 'latency_ms';
  const shownColumns = columns(sweep);
  const sorted = shownColumns.findIndex(({ header }) => header === fieldHeading(first));
  const table = new SortableTable<number>(
    shownColumns,
    'Points of the sweep',
    Math.max(sorted, 0),
    sweep.document.objectives[0]?.maximize ? 'descending' : 'ascending',
    (element, point) => element.classList.toggle('selected', point === sweep.document.recommended),
  );
  const status = h('p', { class: 'muted', role: 'status' });
  const more = h('button', { type: 'button', class: 'plain' }, 'Show more rows');
  section('points').replaceChildren(
    heading(
      'points',
      'The points',
      'Click a header to sort. "~" marks a figure that rests on an estimate; the recommended point is tinted.',
      h('label', { class: 'chooser' }, h('span', {}, 'Show'), select),
      downloads({ name: 'points', rows: () => table.data() }),
    ),
    h(
      'div',
      { class: 'scroller tall', tabindex: '0', role: 'region', 'aria-label': 'Points' },
      table.element,
    ),
    h('div', { class: 'table-foot' }, status, more),
  );
  let rows = kRows;
  let listed: number[] = [];
  function fill(): void {
    table.setRows(listed, rows);
    const visible = Math.min(rows, listed.length);
    status.textContent =
      visible < listed.length
        ? `The first ${whole(visible)} of ${whole(listed.length)} points`
        : listed.length === 0
          ? 'No point lies in all the ranges chosen.'
          : `${whole(listed.length)} ${listed.length === 1 ? 'point' : 'points'}`;
    more.hidden = visible === listed.length;
  }
  more.addEventListener('click', () => {
    rows *= 4;
    fill();
  });
  selection.subscribe((shown) => {
    listed = shown;
    rows = kRows;
    fill();
  });
}
