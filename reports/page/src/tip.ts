// One tooltip for everything outside the charts; shown on hover and on keyboard focus.
import { h } from './dom';

const box = h('div', { class: 'tip', role: 'tooltip', id: 'tip', hidden: true });

export function showTip(content: Node | string, x: number, y: number): void {
  if (!box.isConnected) document.body.append(box);
  box.replaceChildren(content);
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(8, x + 14), document.documentElement.clientWidth - width - 8);
  const below = y + 18 + height < window.innerHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below ? y + 18 : Math.max(8, y - height - 12)}px`;
}

export function hideTip(): void {
  box.hidden = true;
}

// Gives an element a tooltip. The element becomes focusable unless it is inside something that is.
export function withTip<E extends HTMLElement>(
  element: E,
  content: () => Node | string,
  focusable = true,
): E {
  if (focusable) element.tabIndex = 0;
  element.setAttribute('aria-describedby', 'tip');
  const atElement = () => {
    const at = element.getBoundingClientRect();
    showTip(content(), at.left, at.bottom - 12);
  };
  element.addEventListener('pointerenter', (e) => showTip(content(), e.clientX, e.clientY));
  element.addEventListener('pointermove', (e) => showTip(content(), e.clientX, e.clientY));
  element.addEventListener('pointerleave', hideTip);
  element.addEventListener('focus', atElement);
  element.addEventListener('blur', hideTip);
  return element;
}

window.addEventListener('scroll', hideTip, { passive: true, capture: true });
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hideTip();
});

// Name and value lines under a title.
export function facts(title: string, rows: [string, string][], note = ''): HTMLElement {
  return h(
    'div',
    { class: 'facts' },
    h('strong', {}, title),
    h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    note !== '' && h('p', {}, note),
  );
}
