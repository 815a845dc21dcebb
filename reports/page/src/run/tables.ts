// Functions, regions and what they took, as tables that sort.
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { duration, percent, whole } from '../format';
import { SortableTable } from '../sortable_table';

import { causeBar, coloursOf, inWords } from './causes';
import type { FunctionRow, Region, Run, RunPage } from './document';

function scroller(label: string, table: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': `Table of ${label}` },
    table,
  );
}

export function showFunctions({ run }: RunPage): void {
  const colours = coloursOf(run);
  const kMost = 200;
  const table = new SortableTable<FunctionRow>(
    [
      {
        header: 'function',
        rowHeader: true,
        value: (f) => f.name,
        cell: (f) => h('code', {}, f.name),
      },
      {
        header: 'self',
        unit: 'cycles',
        numeric: true,
        value: (f) => f.self_cycles,
        cell: (f) => whole(f.self_cycles),
      },
      { header: 'share', numeric: true, cell: (f) => percent(f.self_cycles, run.cycles) },
      {
        header: 'with calls',
        unit: 'cycles',
        numeric: true,
        value: (f) => f.total_cycles,
        cell: (f) => whole(f.total_cycles),
      },
      { header: 'calls', numeric: true, value: (f) => f.calls, cell: (f) => whole(f.calls) },
      {
        header: 'self per call',
        numeric: true,
        value: (f) => (f.calls > 0 ? f.self_cycles / f.calls : null),
        cell: (f) => (f.calls > 0 ? (f.self_cycles / f.calls).toFixed(1) : '–'),
      },
      {
        header: 'why',
        cell: (f) =>
          h(
            'div',
            { class: 'stalls' },
            causeBar(f.causes, colours),
            h('small', {}, inWords(f.causes)),
          ),
        data: (f) => inWords(f.causes),
      },
    ],
    'Functions',
    1,
    'descending',
  );
  table.setRows(
    run.profile.functions.filter((f) => f.self_cycles > 0),
    kMost,
  );
  section('functions').replaceChildren(
    heading(
      'functions',
      'Functions',
      `Own cycles, which sum to the run's, and those with all that was called${run.profile.functions.length > kMost ? `; the first ${kMost} in their order` : ''}.`,
      downloads({ name: 'functions', rows: () => table.data() }),
    ),
    scroller('functions', table.element),
  );
}

function histogram(region: Region): Node | string {
  const bins = region.histogram ?? [];
  if (bins.length === 0) return '–';
  const most = Math.max(...bins.map((bin) => bin.passes), 1);
  return h(
    'span',
    {
      class: 'histogram',
      role: 'img',
      'aria-label': bins
        .map((bin) => `${bin.passes} of ${bin.min_cycles} to ${bin.max_cycles} cycles`)
        .join(', '),
    },
    ...bins.map((bin) =>
      h('i', {
        style: `height: ${(100 * bin.passes) / most}%`,
        title: `${whole(bin.passes)} of ${whole(bin.min_cycles)} to ${whole(bin.max_cycles)} cycles`,
      }),
    ),
  );
}

export function showRegions(run: Run): void {
  const regions = run.regions ?? [];
  if (regions.length === 0) return;
  const cycles = (value: number | undefined) => (value === undefined ? '–' : whole(value));
  const time = (value: number | undefined) =>
    value === undefined ? '–' : duration((value * 1e3) / run.clock_hz);
  const table = new SortableTable<Region>(
    [
      {
        header: 'region',
        rowHeader: true,
        value: (r) => r.name,
        cell: (r) => h('code', {}, r.name),
      },
      { header: 'passes', numeric: true, value: (r) => r.passes, cell: (r) => whole(r.passes) },
      {
        header: 'min',
        unit: 'cycles',
        numeric: true,
        value: (r) => r.min_cycles ?? null,
        cell: (r) => cycles(r.min_cycles),
      },
      {
        header: 'median',
        unit: 'cycles',
        numeric: true,
        value: (r) => r.median_cycles ?? null,
        cell: (r) => cycles(r.median_cycles),
      },
      {
        header: 'max',
        unit: 'cycles',
        numeric: true,
        value: (r) => r.max_cycles ?? null,
        cell: (r) => cycles(r.max_cycles),
      },
      { header: 'max', numeric: true, cell: (r) => time(r.max_cycles) },
      { header: 'passes by cycles', cell: histogram, data: () => null },
      {
        header: 'remark',
        cell: (r) =>
          r.is_open ? 'the run ended within it' : r.passes === 0 ? 'never entered' : '',
      },
    ],
    'Regions',
    0,
  );
  table.setRows(regions);
  section('regions').replaceChildren(
    heading(
      'regions',
      'Regions',
      'How long each took, each time it was passed, with all that happened meanwhile.',
      downloads({ name: 'regions', rows: () => table.data() }),
    ),
    scroller('regions', table.element),
  );
}
