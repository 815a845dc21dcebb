// Colours: categorical ones that hold on light and dark ground, the rest from the style sheet.

const kCategories = [
  '#4f7fe0',
  '#e0893a',
  '#2fa58e',
  '#c7598f',
  '#8f74d6',
  '#a9992f',
  '#45a5d8',
  '#d65f5a',
  '#6a9f45',
  '#a07a5c',
  '#5f6fb8',
  '#d4a72c',
];

export function category(slot: number): string {
  return kCategories[slot % kCategories.length];
}

// Neighbours of one category in a stack stay apart by two shades of it.
export function shade(colour: string, i: number): string {
  return i % 2 === 0 ? colour : `${colour}c4`;
}

export const kIssueColour = '#8b97a8';

// A colour per stall cause, the same in every view of a model that passes all its causes; issuing
// is work, not a stall, and stays neutral.
export function causeColours(causes: string[]): Map<string, string> {
  const colours = new Map<string, string>();
  for (const cause of causes) {
    colours.set(cause, cause === 'issue' ? kIssueColour : category(colours.size));
  }
  return colours;
}

export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function onThemeChange(listener: () => void): void {
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);
}
