// Every limit and whether it holds, the broken ones first; and what could not be answered.
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { plainTable } from '../plain_table';
import { SortableTable } from '../sortable_table';

import { type ComparisonPage, pairName, type Verdict } from './document';

const rank = ({ holds, checked }: Verdict) => (holds ? 2 : checked ? 0 : 1);
const words = ['broken', 'not checked', 'holds'];

export function showVerdicts(page: ComparisonPage): void {
  const verdicts = page.comparisons.flatMap((comparison) => comparison.verdicts);
  if (verdicts.length === 0) return;
  const table = new SortableTable<Verdict>(
    [
      {
        header: 'verdict',
        value: rank,
        cell: (v) => h('b', { class: v.holds ? 'yes' : 'no' }, words[rank(v)]),
        data: (v) => words[rank(v)],
      },
      { header: 'pair', rowHeader: true, value: pairName, cell: pairName },
      { header: 'of', value: (v) => v.scope, cell: (v) => v.scope || 'the whole' },
      { header: 'figure', value: (v) => v.figure, cell: (v) => v.figure },
      { header: 'is', numeric: true, cell: (v) => v.value },
      { header: 'limit', cell: (v) => (v.bound === '' ? v.limit : `${v.limit}: ${v.bound}`) },
      { header: 'since the baseline', numeric: true, cell: (v) => v.change },
      { header: 'why', cell: (v) => h('div', { class: 'note' }, v.cause), data: (v) => v.cause },
    ],
    'Limits',
    0,
  );
  table.setRows(verdicts);
  section('verdicts').replaceChildren(
    heading(
      'verdicts',
      'Limits',
      'Those that are broken come first, with what changed since the baseline.',
      downloads({ name: 'limits', rows: () => table.data() }),
    ),
    h(
      'div',
      { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Table of limits' },
      table.element,
    ),
  );
}

export function showNotAnswered(page: ComparisonPage): void {
  const rows = page.comparisons.flatMap(({ not_answered: each }) => each);
  if (rows.length === 0) return;
  section('unanswered').replaceChildren(
    heading('unanswered', 'Not answered', 'Nothing that was not answered counts as passed.'),
    plainTable(
      'Pairs without an answer',
      ['model', 'target', 'why'],
      rows.map(({ model, target, reason }) => [model, target, reason]),
    ),
  );
}
