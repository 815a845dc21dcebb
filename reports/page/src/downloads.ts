// Tables and charts as files: CSV, SVG, PNG.
import type { Chart } from './charts';
import { plainButton } from './controls';
import { h } from './dom';

type Cell = string | number | boolean | null;

// RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe.
export function csvText(rows: Cell[][]): string {
  const cell = (value: Cell): string => {
    const text = value === null ? '' : String(value);
    const harmless = typeof value === 'string' && /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// Drawn again in pixels, twice as many as on the screen.
async function pngOf(svg: string, width: number, height: number, ground: string): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = h('canvas', { width: 2 * width, height: 2 * height });
  const context = canvas.getContext('2d')!;
  context.scale(2, 2);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob((blob) => done(blob!), 'image/png'));
}

export interface Download {
  name: string; // of the file, without its ending
  rows?: () => Cell[][]; // of a table, head first
  chart?: Chart;
}

const fileName = (name: string) => name.replace(/[^\w.-]+/g, '_');

// Buttons that save what a section shows.
export function downloads({ name, rows, chart }: Download): HTMLElement {
  const buttons: HTMLElement[] = [];
  const button = (ending: string, act: () => void) => {
    const element = plainButton(ending.toUpperCase(), act);
    element.setAttribute('aria-label', `Save ${name} as ${ending.toUpperCase()}`);
    buttons.push(element);
  };
  if (rows) {
    button('csv', () =>
      save(`${fileName(name)}.csv`, new Blob([csvText(rows())], { type: 'text/csv' })),
    );
  }
  if (chart) {
    button('svg', () =>
      save(`${fileName(name)}.svg`, new Blob([chart.svg()], { type: 'image/svg+xml' })),
    );
    button('png', async () => {
      const { width, height, ground } = chart.size();
      save(`${fileName(name)}.png`, await pngOf(chart.svg(), width, height, ground));
    });
  }
  return h('span', { class: 'downloads' }, ...buttons);
}
