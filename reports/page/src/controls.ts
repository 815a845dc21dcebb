// Small controls that several sections have.
import { h } from './dom';

// A choice by name; `options` are values with their texts.
export function chooser(
  label: string,
  options: [string, string][],
  current: string,
  choose: (value: string) => void,
): HTMLElement {
  const select = h(
    'select',
    { onchange: () => choose(options[select.selectedIndex][0]) },
    ...options.map(([value, text]) => h('option', { value, selected: value === current }, text)),
  );
  return h('label', { class: 'chooser' }, h('span', {}, label), select);
}

export function check(label: string, checked: boolean, change: (on: boolean) => void): HTMLElement {
  const box = h('input', { type: 'checkbox', checked, onchange: () => change(box.checked) });
  return h('label', { class: 'check' }, box, label);
}

export function plainButton(text: string, act: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'plain', onclick: act }, text);
}
