// TFLite_Detection_PostProcess: boxes from their encodings and anchors, and of those that overlap
// the one with the highest score.
#include <math.h>
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

struct box {
  float y_min, x_min, y_max, x_max;
};

// Pieces of the scratch.
struct work {
  struct box* boxes;
  float* scores;       // of the boxes that compete
  int32_t* classes;    // of the boxes, where one class a box competes
  float* kept_scores;  // of the boxes whose score is high enough
  int32_t* kept;       // those boxes
  int32_t* sorted;     // indices into the two, by falling score
  int32_t* selected;   // the boxes that are left
  // What was found so far, and a class more; by falling score again, in `order`.
  int32_t* found_boxes;
  int32_t* found_classes;
  float* found_scores;
  int32_t* order;
  int32_t* spare;
};

static inline size_t rounded_up(size_t bytes) { return (bytes + 15) & ~(size_t)15; }

static inline void* piece(char** next, size_t bytes) {
  void* result = *next;
  *next += rounded_up(bytes);
  return result;
}

// Where each piece lies from `scratch` on; returns how many bytes there are.
static inline int32_t lay_out(const struct bl_detection_postprocess_params* p, char* scratch,
                              struct work* w) {
  const size_t words = (size_t)p->boxes * 4;
  const size_t found = ((size_t)p->max_detections + (size_t)p->boxes) * 4;
  char* next = scratch;
  w->boxes = piece(&next, (size_t)p->boxes * sizeof(struct box));
  w->scores = piece(&next, words);
  w->classes = piece(&next, words);
  w->kept_scores = piece(&next, words);
  w->kept = piece(&next, words);
  w->sorted = piece(&next, words);
  w->selected = piece(&next, words);
  w->found_boxes = piece(&next, found);
  w->found_classes = piece(&next, found);
  w->found_scores = piece(&next, found);
  w->order = piece(&next, found);
  w->spare = piece(&next, found);
  return (int32_t)(next - scratch);
}

// What TensorFlow Lite Micro asks for, each piece on 16 bytes, or what is used here.
BL_ADDED_KERNEL(reference_detection_postprocess_f32_scratch_bytes)
int32_t reference_detection_postprocess_f32_scratch_bytes(const void* params) {
  const struct bl_detection_postprocess_params* p = params;
  const size_t n = (size_t)p->boxes, detections = (size_t)p->max_detections;
  const size_t most = (size_t)bl_max(p->classes, p->max_detections);
  const size_t selected = (size_t)bl_min(p->boxes, p->max_detections);
  const size_t there = rounded_up(n) + rounded_up(n * sizeof(struct box)) +
                       rounded_up(n * (size_t)p->scored_classes * 4) + 3 * rounded_up(n * 4) +
                       3 * rounded_up(detections * n * 4) + rounded_up(most * n * 4) +
                       rounded_up(selected * n * 4);
  struct work work;
  return bl_max((int32_t)there, lay_out(p, 0, &work));
}

BL_ADDED_KERNEL(decode_boxes)
static void decode_boxes(const struct bl_detection_postprocess_params* p, const float* encodings,
                         const float* anchors, struct box* boxes) {
  for (int32_t i = 0; i < p->boxes; ++i) {
    const float* e = encodings + i * p->encoding_length;
    const float* a = anchors + i * 4;
    const float y = (float)((double)e[0] / (double)p->scale[0] * (double)a[2] + (double)a[0]);
    const float x = (float)((double)e[1] / (double)p->scale[1] * (double)a[3] + (double)a[1]);
    const float half_h = (float)(0.5 * exp((double)e[2] / (double)p->scale[2]) * (double)a[2]);
    const float half_w = (float)(0.5 * exp((double)e[3] / (double)p->scale[3]) * (double)a[3]);
    boxes[i].y_min = y - half_h;
    boxes[i].x_min = x - half_w;
    boxes[i].y_max = y + half_h;
    boxes[i].x_max = x + half_w;
  }
}

static inline float overlap(const struct box* a, const struct box* b) {
  const float area_a = (a->y_max - a->y_min) * (a->x_max - a->x_min);
  const float area_b = (b->y_max - b->y_min) * (b->x_max - b->x_min);
  if (area_a <= 0 || area_b <= 0) return 0.0F;
  const float y_min = a->y_min < b->y_min ? b->y_min : a->y_min;
  const float x_min = a->x_min < b->x_min ? b->x_min : a->x_min;
  const float y_max = b->y_max < a->y_max ? b->y_max : a->y_max;
  const float x_max = b->x_max < a->x_max ? b->x_max : a->x_max;
  const float height = y_max - y_min > 0 ? y_max - y_min : 0;
  const float width = x_max - x_min > 0 ? x_max - x_min : 0;
  const float shared = height * width;
  return shared / (area_a + area_b - shared);
}

// Sorts indices of `values` by falling value, equal ones as they were: by insertion below 20, else
// by halves.
BL_ADDED_KERNEL(sort_by_falling_value)
static void sort_by_falling_value(const float* values, int32_t* indices, int32_t* spare,
                                  int32_t count) {
  if (count < 20) {
    for (int32_t i = 1; i < count; ++i) {
      const int32_t index = indices[i];
      int32_t at = i;
      for (; at > 0 && values[index] > values[indices[at - 1]]; --at) indices[at] = indices[at - 1];
      indices[at] = index;
    }
    return;
  }
  const int32_t half = count / 2;
  sort_by_falling_value(values, indices, spare, half);
  sort_by_falling_value(values, indices + half, spare, count - half);
  int32_t left = 0, right = half;
  for (int32_t i = 0; i < count; ++i) {
    const int take_right =
        left >= half || (right < count && values[indices[right]] > values[indices[left]]);
    spare[i] = take_right ? indices[right++] : indices[left++];
  }
  memcpy(indices, spare, (size_t)count * sizeof *indices);
}

// Selects up to `limit` boxes by falling score, none that overlaps one before it too much.
BL_ADDED_KERNEL(suppress)
static int32_t suppress(const struct bl_detection_postprocess_params* p, const struct work* w,
                        int32_t limit) {
  int32_t count = 0;
  for (int32_t i = 0; i < p->boxes; ++i) {
    if (w->scores[i] >= p->score_threshold) w->kept_scores[count++] = w->scores[i];
  }
  for (int32_t i = 0; i < count; ++i) w->sorted[i] = i;
  sort_by_falling_value(w->kept_scores, w->sorted, w->kept, count);
  count = 0;
  for (int32_t i = 0; i < p->boxes; ++i) {
    if (w->scores[i] >= p->score_threshold) w->kept[count++] = i;
  }
  int32_t selected = 0;
  for (int32_t i = 0; i < count && selected < limit; ++i) {
    if (w->sorted[i] < 0) continue;  // given up for one before it
    const int32_t box = w->kept[w->sorted[i]];
    w->selected[selected++] = box;
    for (int32_t j = i + 1; j < count; ++j) {
      if (w->sorted[j] < 0) continue;
      if (overlap(&w->boxes[box], &w->boxes[w->kept[w->sorted[j]]]) > p->overlap_threshold) {
        w->sorted[j] = -1;
      }
    }
  }
  return selected;
}

// Each box competes with the first of its highest classes.
BL_ADDED_KERNEL(detect_over_classes)
static int32_t detect_over_classes(const struct bl_detection_postprocess_params* p,
                                   const float* scores, const struct work* w) {
  for (int32_t i = 0; i < p->boxes; ++i) {
    const float* of_box = scores + (i + 1) * p->scored_classes - p->classes;
    int32_t highest = 0;
    for (int32_t c = 1; c < p->classes; ++c) {
      if (of_box[c] > of_box[highest]) highest = c;
    }
    w->classes[i] = highest;
    w->scores[i] = of_box[highest];
  }
  const int32_t found = suppress(p, w, p->max_detections);
  for (int32_t i = 0; i < found; ++i) {
    w->order[i] = i;
    w->found_boxes[i] = w->selected[i];
    w->found_classes[i] = w->classes[w->selected[i]];
    w->found_scores[i] = w->scores[w->selected[i]];
  }
  return found;
}

// The boxes compete in each class; of all classes the best are left.
BL_ADDED_KERNEL(detect_in_each_class)
static int32_t detect_in_each_class(const struct bl_detection_postprocess_params* p,
                                    const float* scores, const struct work* w) {
  int32_t found = 0;
  for (int32_t c = 0; c < p->classes; ++c) {
    for (int32_t i = 0; i < p->boxes; ++i) {
      w->scores[i] = scores[(i + 1) * p->scored_classes - p->classes + c];
    }
    const int32_t more = suppress(p, w, p->detections_per_class);
    for (int32_t i = 0; i < more; ++i) {
      w->found_boxes[found + i] = w->selected[i];
      w->found_classes[found + i] = c;
      w->found_scores[found + i] = w->scores[w->selected[i]];
    }
    const int32_t count = found + more;
    for (int32_t i = 0; i < count; ++i) w->order[i] = i;
    sort_by_falling_value(w->found_scores, w->order, w->spare, count);
    found = bl_min(count, p->max_detections);
    // In their new order, by way of what the selection does not need now.
    for (int32_t i = 0; i < found; ++i) w->spare[i] = w->found_boxes[w->order[i]];
    memcpy(w->found_boxes, w->spare, (size_t)found * 4);
    for (int32_t i = 0; i < found; ++i) w->spare[i] = w->found_classes[w->order[i]];
    memcpy(w->found_classes, w->spare, (size_t)found * 4);
    for (int32_t i = 0; i < found; ++i) ((float*)w->spare)[i] = w->found_scores[w->order[i]];
    memcpy(w->found_scores, w->spare, (size_t)found * 4);
  }
  return found;
}

BL_ADDED_KERNEL(reference_detection_postprocess_f32)
int32_t reference_detection_postprocess_f32(const void* params, void* const* operands,
                                            void* scratch) {
  const struct bl_detection_postprocess_params* p = params;
  struct box* boxes = operands[3];
  float* classes = operands[4];
  float* scores = operands[5];
  struct work w;
  lay_out(p, scratch, &w);
  decode_boxes(p, operands[0], operands[2], w.boxes);
  const int32_t found = p->detections_per_class > 0 ? detect_in_each_class(p, operands[1], &w)
                                                    : detect_over_classes(p, operands[1], &w);
  const struct box nothing = {0, 0, 0, 0};
  for (int32_t i = 0; i < p->places; ++i) {
    boxes[i] = i < found ? w.boxes[w.found_boxes[i]] : nothing;
    classes[i] = i < found ? (float)w.found_classes[i] : 0;
    scores[i] = i < found ? w.found_scores[i] : 0;
  }
  *(float*)operands[6] = (float)found;
  return 0;
}
