// What a page carries: JSON, compressed and in letters, that the browser unpacks.
import { h, section } from './dom';

// The element `id` as JSON; null when it holds nothing.
export async function unpacked<T>(id: string): Promise<T | null> {
  const text = document.getElementById(id)?.textContent?.trim() ?? '';
  if (text === '') return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text()) as T;
}

// Shows the page, and says so when it cannot be shown; when it stands, the document element has `data-ready`.
export async function showPage(show: () => Promise<void>): Promise<void> {
  try {
    await show();
  } catch (problem) {
    const old = !('DecompressionStream' in window);
    const why = old
      ? 'this browser cannot unpack it (DecompressionStream is missing)'
      : String(problem);
    section('report').prepend(
      h('p', { class: 'empty', role: 'alert' }, `The page cannot be shown: ${why}.`),
    );
    throw problem;
  }
  document.documentElement.dataset.ready = '';
}
