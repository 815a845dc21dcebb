// Each pair with what changed of it, and the chosen one part by part.
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { causeMeaning, causeName, megahertz, whole } from '../format';
import { plainTable } from '../plain_table';
import { type Column, SortableTable } from '../sortable_table';

import { causesText, changeBar, changeCell, changeText } from './change_text';
import {
  type ComparisonPage,
  pairName,
  type Pair,
  type Part,
  relative,
  type Row,
  rowsOf,
} from './document';

const kFigures: [field: string, name: string][] = [
  ['cycles', 'cycles'],
  ['latency_ms', 'latency'],
  ['energy_uj', 'energy'],
  ['instructions', 'instructions'],
  ['sram_bytes', 'SRAM'],
  ['stack_bytes', 'stack'],
  ['flash_bytes', 'flash'],
  ['code_bytes', 'code'],
];

const size = ({ changes, presence }: Pair) =>
  presence === 'both' ? Math.abs(relative(changes.cycles ?? changes.latency_ms) ?? 0) : 0;

function standing({
  presence,
  fits_before: fitted,
  fits_after: fits,
  output_changed: differs,
}: Pair): string {
  if (presence !== 'both') return presence === 'added' ? 'new' : 'gone';
  const words = [];
  if (fitted !== fits) words.push(fits ? 'fits now' : 'does not fit any more');
  if (differs) words.push('its output differs');
  return words.join(', ');
}

export function showPairs(page: ComparisonPage): void {
  const rows = rowsOf(page).sort((a, b) => size(b.pair) - size(a.pair));
  if (rows.length === 0) return;
  const shown = kFigures.filter(([field]) => rows.some(({ pair }) => pair.changes[field]));
  const several = page.comparisons.length > 1;
  let chosen = rows.find(({ pair }) => pair.parts.length > 0) ?? rows[0];
  const choose = (row: Row) => {
    chosen = row;
    showDetail(row);
    mark();
  };
  const columns: Column<Row>[] = [
    {
      header: 'pair',
      rowHeader: true,
      value: ({ pair }) => pairName(pair),
      cell: (row) =>
        h(
          'button',
          { type: 'button', class: 'plain', onclick: () => choose(row) },
          pairName(row.pair),
        ),
      data: ({ pair }) => pairName(pair),
    },
    ...(several
      ? [
          {
            header: 'document',
            value: (row: Row) => row.comparison.after,
            cell: (row: Row) => row.comparison.after,
          },
        ]
      : []),
    {
      header: 'clock',
      numeric: true,
      value: ({ pair }) => pair.clock_hz,
      cell: ({ pair }) => megahertz(pair.clock_hz),
    },
    ...shown.map(([field, name]): Column<Row> => ({
      header: name,
      numeric: true,
      value: ({ pair }) => relative(pair.changes[field]),
      cell: ({ pair }) => (pair.presence === 'both' ? changeCell(field, pair.changes[field]) : ''),
      data: ({ pair }) => changeText(field, pair.changes[field]),
    })),
    { header: 'beside', cell: ({ pair }) => standing(pair) },
    {
      header: 'cycles by cause',
      cell: ({ pair }) => h('div', { class: 'note' }, causesText(pair.causes)),
      data: ({ pair }) => causesText(pair.causes, 99),
    },
  ];
  const byCycles = columns.findIndex(({ header }) => header === shown[0]?.[1]);
  const table = new SortableTable<Row>(columns, 'Pairs', Math.max(byCycles, 0), 'descending');
  table.setRows(rows);
  const mark = () =>
    table.forEachRow((element, row) => element.classList.toggle('selected', row === chosen));
  section('pairs').replaceChildren(
    heading(
      'pairs',
      'Pairs',
      'How much each figure changed. More costs, and is red. A pair chosen here is shown part by part below.',
      downloads({ name: 'changes', rows: () => table.data() }),
    ),
    h(
      'div',
      { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Table of pairs' },
      table.element,
    ),
  );
  choose(chosen);
}

const partName = ({ op, name, index }: Part) =>
  op === '' ? name : op === 'region' ? `region ${name}` : `${index} ${op} ${name}`;

function partChange(part: Part): { field: string; amount: number } {
  const field = part.changes.cycles ? 'cycles' : 'latency_ms';
  const change = part.changes[field];
  return { field, amount: change ? change.after - change.before : 0 };
}

function showDetail({ pair }: Row): void {
  const most = Math.max(...pair.parts.map((part) => Math.abs(partChange(part).amount)), 0);
  const table = new SortableTable<Part>(
    [
      {
        header: 'part',
        rowHeader: true,
        value: (part) => part.index,
        cell: partName,
        data: partName,
      },
      {
        header: 'change',
        unit: 'cycles',
        numeric: true,
        value: (part) => Math.abs(partChange(part).amount),
        cell: (part) => {
          const { amount } = partChange(part);
          return amount === 0 ? '0' : `${amount > 0 ? '+' : '−'}${whole(Math.abs(amount))}`;
        },
        data: (part) => partChange(part).amount,
      },
      {
        header: 'less or more',
        cell: (part) => changeBar(partChange(part).amount, most),
        data: () => null,
      },
      {
        header: 'relative',
        numeric: true,
        value: (part) => relative(part.changes[partChange(part).field]),
        cell: (part) => {
          const { field } = partChange(part);
          return part.presence === 'both'
            ? changeCell(field, part.changes[field])
            : part.presence === 'added'
              ? 'new'
              : 'gone';
        },
        data: (part) => relative(part.changes[partChange(part).field]),
      },
      {
        header: 'why',
        cell: (part) => h('div', { class: 'note' }, causesText(part.causes)),
        data: (part) => causesText(part.causes, 99),
      },
      {
        header: 'kernel',
        cell: ({ kernel_before: was, kernel_after: is }) =>
          was !== is && was !== '' && is !== '' ? `${was} → ${is}` : is || was,
      },
    ],
    'Parts',
    1,
    'descending',
  );
  table.setRows(pair.parts);
  const causes = Object.entries(pair.causes).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  section('detail').replaceChildren(
    heading(
      'detail',
      pairName(pair),
      pair.parts.length > 0 ? 'Layers, functions and regions, by how much they changed.' : '',
      pair.parts.length > 0 &&
        downloads({ name: `parts_of_${pair.model}_on_${pair.target}`, rows: () => table.data() }),
    ),
    pair.basis.length > 0
      ? plainTable(
          'What the figures rest on',
          ['what it rests on', 'before', 'now'],
          pair.basis.map(({ what, before, after }) => [what, before, after]),
        )
      : '',
    causes.length > 0
      ? plainTable(
          'Cycles by cause',
          ['cause', 'cycles', 'meaning'],
          causes.map(([cause, cycles]) => [
            causeName(cause),
            `${cycles > 0 ? '+' : '−'}${whole(Math.abs(cycles))}`,
            causeMeaning(cause),
          ]),
        )
      : '',
    pair.parts.length > 0
      ? h(
          'div',
          { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Table of parts' },
          table.element,
        )
      : h('p', { class: 'muted' }, 'The documents tell no parts of it.'),
  );
}
