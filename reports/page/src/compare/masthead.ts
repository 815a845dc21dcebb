// Head, foot, and at a glance how much changed and what is broken.
import { card, h, section } from '../dom';
import { showFoot } from '../foot';
import { whole } from '../format';

import { changeText } from './change_text';
import { type ComparisonPage, pairName, relative, rowsOf } from './document';

export function showMasthead(page: ComparisonPage): void {
  section('masthead').replaceChildren(
    h(
      'div',
      { class: 'brand-row' },
      h('span', { class: 'brand' }, 'boardless'),
      h(
        'span',
        { class: 'muted' },
        page.summary === '' ? 'what changed' : 'checked without hardware',
      ),
    ),
    h('h1', {}, page.title),
    h(
      'ul',
      { class: 'summary' },
      page.summary !== '' && h('li', {}, h('b', {}, page.summary)),
      ...page.comparisons
        .filter(({ before, version_before: version }) => before !== '' && version !== '')
        .map(({ before, after, version_before: was, version_after: is }) =>
          h('li', {}, `${before} (boardless ${was}) → ${after} (${is})`),
        ),
    ),
  );
  showFoot(page.version, page.schema);
  document.title = `${page.title} · boardless`;
}

export function showPicks(page: ComparisonPage): void {
  const rows = rowsOf(page);
  const verdicts = page.comparisons.flatMap((comparison) => comparison.verdicts);
  const broken = verdicts.filter(({ holds, checked }) => !holds && checked).length;
  const open = verdicts.filter(({ checked }) => !checked).length;
  const cards: HTMLElement[] = [];
  if (verdicts.length > 0) {
    const all = card('Limits', `${verdicts.length - broken - open} of ${verdicts.length}`, 'hold');
    all.classList.add(broken + open > 0 ? 'bad' : 'good');
    cards.push(all, card('Broken', whole(broken)), card('Not checked', whole(open)));
  }
  const compared = rows.filter(({ pair }) => pair.presence === 'both');
  if (rows.length > 0) {
    const changed = rows.filter(({ pair }) => pair.changed).length;
    cards.push(
      card('Changed', `${changed} of ${rows.length}`, rows.length === 1 ? 'pair' : 'pairs'),
    );
  }
  const [worst] = compared
    .filter(({ pair }) => (relative(pair.changes.cycles) ?? 0) !== 0)
    .sort(
      (a, b) =>
        Math.abs(relative(b.pair.changes.cycles)!) - Math.abs(relative(a.pair.changes.cycles)!),
    );
  if (worst) {
    cards.push(
      card(
        'Largest change',
        changeText('cycles', worst.pair.changes.cycles),
        `cycles, ${pairName(worst.pair)}`,
      ),
    );
  }
  section('picks').replaceChildren(h('div', { class: 'cards' }, ...cards));
}
