// A colour for each function, the same in every picture of the page.
import { category } from '../palette';

export function frameColour(name: string): string {
  let hash = 0;
  for (let i = 0; i < name.length; ++i) hash = (hash * 31 + name.charCodeAt(i)) >>> 0;
  return category(hash % 12);
}
