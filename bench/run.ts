import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { type Measurement, measurements, tables } from './measurements.ts';
import { summarize, type Taken, toMarkdown } from './report.ts';

/**
 * Measures Poolboard and its peers in one run: see README.md for the options.
 *
 * Rounds are interleaved (each engine once, then all of them again, beginning with another one), so that a
 * machine that is slower for a while is slower for all.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
    scale: { type: 'string', default: '1' },
    note: { type: 'string', default: '' },
  },
});
const rounds = Number(options.rounds);
const scale = Number(options.scale);
const chosen = measurements.filter(({ id }) => options.only?.includes(id) ?? true);
if (chosen.length === 0) {
  throw new Error(`--only takes ${measurements.map(({ id }) => id).join(', ')}.`);
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const loadBefore = loadavg()[0]!;
const taken = new Map<string, Taken[]>(chosen.map(({ id }) => [id, []]));
for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < chosen.length; i++) {
    const measurement = chosen[(i + round) % chosen.length]!;
    const one = measure(measurement);
    taken.get(measurement.id)!.push(one);
    const rate = Math.round(one.tasks / one.seconds).toLocaleString('en');
    console.error(
      `round ${round + 1}: ${measurement.id} ${rate} tasks a second, ${one.seconds.toFixed(1)} s`,
    );
  }
}

const results = chosen.map(({ id }) => summarize(id, taken.get(id)!));
const machine = describeMachine(loadBefore);
const markdown = toMarkdown(results, measurements, tables, machine, rounds, options.note);
console.log(markdown);
// A part of the table is a look at one engine, and replaces nothing.
if (!options.only && scale === 1) {
  const latest = new URL('./results/latest', import.meta.url);
  mkdirSync(new URL('.', latest), { recursive: true });
  writeFileSync(`${fileURLToPath(latest)}.md`, markdown);
  writeFileSync(
    `${fileURLToPath(latest)}.json`,
    `${JSON.stringify({ machine, note: options.note, rounds, results }, null, 2)}\n`,
  );
}

function measure({ command: [program, ...args], tasks }: Measurement): Taken {
  const count = String(Math.round(tasks * scale));
  const words = args.map((arg) => (arg === 'N' ? count : arg));
  const output = execFileSync(program === 'node' ? process.execPath : program, words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output) as Taken;
}
