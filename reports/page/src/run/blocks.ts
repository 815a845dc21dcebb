// Straight-line code that took most: each instruction, what it costs and why.
import { h, heading, section } from '../dom';
import { causeName, percent, whole } from '../format';

import type { HotBlock, Instruction, Run, RunPage } from './document';

const kHeads: [string, boolean][] = [
  ['address', false],
  ['instruction', false],
  ['issues at', true],
  ['cycles', true],
  ['beyond issuing', false],
];

const hex = (address: number) => `0x${address.toString(16).padStart(8, '0')}`;

function why({ causes }: Instruction): string {
  return Object.entries(causes)
    .filter(([cause]) => cause !== 'issue')
    .map(([cause, cycles]) => `${causeName(cause)} ${cycles.toFixed(2)}`)
    .join(', ');
}

function blockView(run: Run, block: HotBlock, isOpen: boolean): HTMLElement {
  const most = Math.max(...block.instructions.map((each) => each.cycles), 1e-9);
  const waits = Object.keys(block.memory_causes).length > 0;
  return h(
    'details',
    { open: isOpen },
    h(
      'summary',
      {},
      h('b', {}, block.function),
      ` at ${hex(block.address)}: ${percent(block.cycles, run.cycles)} of the cycles, ` +
        `${whole(block.executions)} times ${(block.cycles / block.executions).toFixed(2)}`,
    ),
    waits &&
      h(
        'div',
        { class: 'breakdown' },
        h(
          'div',
          { class: 'breakdown-head' },
          h('span', {}, "Beyond the pipeline, of the block's cycles:"),
        ),
        h(
          'ul',
          { class: 'parts' },
          ...Object.entries(block.memory_causes).map(([cause, cycles]) =>
            h('li', {}, causeName(cause), ' ', h('b', {}, percent(cycles, block.cycles))),
          ),
        ),
      ),
    h(
      'div',
      {
        class: 'scroller',
        tabindex: '0',
        role: 'region',
        'aria-label': `Code at ${hex(block.address)}`,
      },
      h(
        'table',
        { class: 'listing' },
        h('caption', { class: 'unseen' }, `Instructions at ${hex(block.address)}`),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...kHeads.map(([head, isNumber]) =>
              h('th', { scope: 'col', class: isNumber ? 'num' : null }, head),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          ...block.instructions.map((each) =>
            h(
              'tr',
              { style: `--heat: ${Math.round((30 * each.cycles) / most)}%` },
              h('td', {}, h('code', {}, hex(each.address))),
              h('td', {}, h('code', {}, each.text)),
              h('td', { class: 'num' }, each.issue_cycle.toFixed(2)),
              h('td', { class: 'num heat' }, each.cycles.toFixed(2)),
              h('td', {}, why(each)),
            ),
          ),
        ),
      ),
    ),
  );
}

export function showBlocks(page: RunPage): void {
  const blocks = page.run.profile.hot_blocks;
  if (blocks.length === 0) return;
  section('blocks').replaceChildren(
    heading(
      'blocks',
      'Hot blocks',
      'Straight-line code that took most of the cycles. Figures of an instruction are averages over all executions of its block.',
    ),
    ...blocks.map((block, i) => blockView(page.run, block, i === 0)),
  );
}
