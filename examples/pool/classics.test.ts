import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, run, start } from '../test-process.ts';

/** Far longer than a test may take: what is printed meanwhile was printed live. */
const foreverMs = '3600000';
const lines = (text: string) => text.split('\n').slice(0, -1);

let running: Running | undefined;
afterEach(async () => {
  running?.kill();
  await running?.ended;
  running = undefined;
});

const primesBelow = [1229, 2262, 3245, 4203, 5133, 6057, 6935, 7837];

const hasPython = spawnSync('python3', ['--version']).status === 0;

// The originals run beside ours: both do what the tests say.
describe.each([
  ['Poolboard', process.execPath, '.ts', true],
  ['multiprocessing', 'python3', '.py', hasPython],
])('the classic programs with %s', (_, program, extension, isThere) => {
  beforeEach(({ skip }) => skip(!isThere, `There is no ${program} on this machine.`));
  const example = (name: string) => `examples/pool/${name}${extension}`;

  it('collect the results of one task per CPU in the order of submission', async () => {
    const { status, stdout, stderr } = await run(program, [example('results-in-order')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines(stdout)).toHaveLength(availableParallelism());
    for (const [i, line] of lines(stdout).slice(0, primesBelow.length).entries()) {
      expect(line).toBe(`${primesBelow[i]} primes below ${(i + 1) * 10_000}`);
    }
  });

  it('print hello three times in each of ten tasks, and say at the end that all is done', async () => {
    const { status, stdout, stderr } = await run(program, [example('hello'), '1']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines(stdout).at(-1)).toBe('Sub-process(es) done.');
    const hellos = Array.from({ length: 10 }, (_, n) => Array(3).fill(`hello ${n}`)).flat();
    expect(lines(stdout).slice(0, -1).sort()).toEqual(hellos);
  });

  it('show what a task prints while it still runs', async () => {
    running = start(program, [example('hello'), foreverMs]);
    await running.printed('hello 0\n');
    expect(running.isRunning()).toBe(true);
  });

  it('deliver ten squares by callback', async () => {
    const { status, stdout, stderr } = await run(program, [example('squares'), '1']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const squares = lines(stdout).map(Number);
    expect(squares.sort((a, b) => a - b)).toEqual([0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
  });

  it('deliver a square while tasks submitted after it still run', async () => {
    running = start(program, [example('squares'), foreverMs]);
    await running.printed('0\n');
    expect(running.isRunning()).toBe(true);
  });
});
