// What Embench-IoT asks of a board (its doc/README.md, "The board support"): two marked places.
// The runner reads the cycle counter where each of the triggers begins.

void initialise_board(void) {}

__attribute__((noinline)) void start_trigger(void) { __asm__ volatile("" ::: "memory"); }

__attribute__((noinline)) void stop_trigger(void) { __asm__ volatile("" ::: "memory"); }
