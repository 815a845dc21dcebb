// A link beside each section's title: to this part, of this model and target, as the reader sees it now.
import { h } from './dom';
import type { State } from './state';
import { addressOf } from './url_state';

export function linkParts(state: State): void {
  const links = [...document.querySelectorAll<HTMLElement>('main > section')].flatMap((part) => {
    const title = part.querySelector('h2');
    if (!title) return [];
    const link = h(
      'a',
      {
        class: 'part-link',
        'aria-label': `Link to: ${title.textContent}`,
        title: 'Link to this part',
      },
      '#',
    );
    title.append(' ', link);
    return [{ part, link }];
  });
  state.subscribe((choice) => {
    for (const { part, link } of links)
      link.href = addressOf(choice, state.isChosenByHand, { part: part.id });
  });
}
