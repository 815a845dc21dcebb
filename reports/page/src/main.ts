// Puts the report together: one state, one view per section.
import { showAccelerator } from './accelerator';
import { showComparison } from './comparison';
import { modelsOf, readDocument } from './document';
import { h, section } from './dom';
import { showEvidence } from './evidence';
import { showFit } from './fit';
import { showFocus } from './focus';
import { showLatency } from './latency_chart';
import { showLayers } from './layer_table';
import { showMasthead } from './masthead';
import { showMemoryMap } from './memory_map';
import { showPicks } from './picks';
import { showStalls } from './stall_chart';
import { State } from './state';
import { showTogether } from './together';
import { showUnanswered } from './unanswered';

const result = readDocument();
const models = modelsOf(result);
showUnanswered(result);
showTogether(result);
if (models.length === 0) {
  section('picks').replaceChildren(h('p', { class: 'empty' }, 'This result holds no prediction.'));
} else {
  const state = new State(models[0]);
  showMasthead(result, models, state);
  showPicks(state);
  showComparison(state);
  showLatency(state);
  showStalls(state);
  showFit(state);
  showFocus(state);
  showAccelerator(state);
  showMemoryMap(state);
  showLayers(state);
  showEvidence(state);
}
