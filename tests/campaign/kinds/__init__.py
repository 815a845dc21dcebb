"""What campaigns there are: by name, a function of a random generator and the seeds that makes a case."""

from kinds import firmware, guests, host, inputs, libraries, models, texts

KINDS = {
    "tflite": models.make,
    "elf": firmware.make_elf,
    "hex": firmware.make_hex,
    "raw": firmware.make_raw,
    "uf2": firmware.make_uf2,
    "target": texts.make_target,
    "core": texts.make_core,
    "accelerator": texts.make_accelerator,
    "peripherals": texts.make_peripherals,
    "runtime": texts.make_runtime,
    "zoo": texts.make_zoo,
    "descriptor": texts.make_descriptor,
    "suite": texts.make_suite,
    "points": texts.make_points,
    "record": texts.make_record,
    "space": texts.make_space,
    "budget": texts.make_budget,
    "store": texts.make_store,
    "input": inputs.make,
    "library": libraries.make,
    "guest": guests.make,
    "host": host.make,
}
