// Making elements: tag, attributes, children. Text goes in as text nodes, never as markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | EventListener>;

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name.replace(/^on/, ''), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, attributes, children);
  return element;
}

export function section(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

// A section's heading with one sentence on how to read it and optional controls at its right.
export function heading(id: string, title: string, lead: Child, ...controls: Child[]): HTMLElement {
  return h(
    'div',
    { class: 'section-head' },
    h('div', {}, h('h2', { id: `${id}-title` }, title), h('p', { class: 'lead' }, lead)),
    controls.length > 0 && h('div', { class: 'controls' }, ...controls),
  );
}

// One figure at a glance.
export function card(title: string, value: Node | string, ...rest: (Node | string)[]): HTMLElement {
  return h(
    'div',
    { class: 'card' },
    h('div', { class: 'card-title' }, title),
    h('div', { class: 'card-value' }, value),
    ...rest.map((line) => h('div', { class: 'card-detail' }, line)),
  );
}

// Exclusive choice as a row of buttons; `label` names the group for assistive technology.
export function segmented<T extends string>(
  label: string,
  options: [T, string][],
  current: T,
  choose: (value: T) => void,
): HTMLElement {
  const buttons = options.map(([value, text]) =>
    h(
      'button',
      { type: 'button', 'data-value': value, 'aria-pressed': String(value === current) },
      text,
    ),
  );
  const group = h('div', { class: 'segmented', role: 'group', 'aria-label': label }, ...buttons);
  group.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    if (!button) return;
    for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
    choose(button.dataset.value as T);
  });
  return group;
}
