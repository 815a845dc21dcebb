// What the image takes of flash and RAM: its memories, sections and largest symbols.
import { h, heading, section } from '../dom';
import { downloads } from '../downloads';
import { bytes, percent, whole } from '../format';
import { SortableTable } from '../sortable_table';

import type { Memory, RunPage } from './document';

function meter({ name, used_bytes: used, capacity_bytes: capacity }: Memory['memories'][0]) {
  const share = capacity > 0 ? used / capacity : 0;
  return h(
    'div',
    { class: 'breakdown' },
    h(
      'div',
      { class: 'breakdown-head' },
      h('span', {}, name),
      h('span', {}, `${bytes(used)} of ${bytes(capacity)}, ${percent(used, capacity)}`),
    ),
    h(
      'div',
      { class: share > 1 ? 'meter over' : share > 0.9 ? 'meter tight' : 'meter' },
      h('i', { style: `width: ${Math.min(100 * share, 100)}%` }),
    ),
  );
}

export function showSizes({ run }: RunPage): void {
  const { memory } = run;
  type Symbol = Memory['symbols'][0];
  const table = new SortableTable<Symbol>(
    [
      {
        header: 'symbol',
        rowHeader: true,
        value: (s) => s.name,
        cell: (s) => h('code', {}, s.name),
      },
      { header: 'kind', value: (s) => s.kind, cell: (s) => s.kind },
      { header: 'section', value: (s) => s.section, cell: (s) => h('code', {}, s.section) },
      {
        header: 'size',
        unit: 'bytes',
        numeric: true,
        value: (s) => s.bytes,
        cell: (s) => whole(s.bytes),
      },
    ],
    'Largest symbols',
    3,
    'descending',
  );
  const kMost = 20;
  table.setRows(memory.symbols, kMost);
  section('sizes').replaceChildren(
    heading(
      'sizes',
      'Flash and RAM',
      `What the linker laid out${memory.symbols.length > kMost ? `; of its symbols the first ${kMost} in their order` : ''}.`,
      downloads({ name: 'symbols', rows: () => table.data() }),
    ),
    ...memory.memories.filter((each) => each.used_bytes > 0).map(meter),
    memory.symbols.length > 0
      ? h(
          'div',
          { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Largest symbols' },
          table.element,
        )
      : h('p', { class: 'muted' }, 'The file names no symbols.'),
  );
}
