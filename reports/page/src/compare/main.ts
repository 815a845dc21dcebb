// Puts the page of a comparison together, one view per section.
import { showPage } from '../payload';

import { readComparison } from './document';
import { showMasthead, showPicks } from './masthead';
import { showPairs } from './pairs';
import { showNotAnswered, showVerdicts } from './verdicts';

void showPage(async () => {
  const page = await readComparison();
  showMasthead(page);
  showPicks(page);
  showVerdicts(page);
  showNotAnswered(page);
  showPairs(page);
});
