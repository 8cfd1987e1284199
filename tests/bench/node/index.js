// Registers the same resources as tests/bench/synthetic/Program.cs.
"use strict";
const pulumi = require("@pulumi/pulumi");
const random = require("@pulumi/random");

const count = Number(process.env.BENCH_RESOURCES || "1000");
for (let group = 0; group * 10 < count; group++) {
    const parent = new pulumi.ComponentResource("bench:index:Group", `group-${group}`);
    let previous;
    for (let i = group * 10; i < Math.min(count, (group + 1) * 10); i++) {
        previous = new random.RandomId(`id-${i}`, {
            byteLength: 8,
            prefix: `prefix-${i}`,
            keepers: { group: `${group}`, previous: previous ? previous.hex : "none" },
        }, { parent });
    }
}
