import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AwakeClock } from './awake-clock.ts';

function setUp() {
  let at = 1_000_000;
  const clock = new AwakeClock(() => at);
  const pass = (ms: number) => {
    at += ms;
  };
  return { clock, pass };
}

test('counts what passes between ticks, and between readings', () => {
  const { clock, pass } = setUp();
  expect(clock.now()).toBe(0);
  pass(100);
  clock.tick();
  pass(30);
  expect(clock.now()).toBe(130);
  pass(5000);
  expect(clock.now()).toBe(5130);
});

test('an hour of sleep counts as one tick, whoever reads first after it', () => {
  const { clock, pass } = setUp();
  pass(100);
  clock.tick();
  pass(3_600_000);
  expect(clock.now()).toBe(200);
  expect(clock.now()).toBe(200);
  pass(100);
  clock.tick();
  pass(3_600_000);
  clock.tick();
  expect(clock.now()).toBe(400);
});

test('idle time before ticking begins again does not count, and the time before it is kept', () => {
  const { clock, pass } = setUp();
  pass(100);
  clock.tick();
  pass(4000);
  clock.restart();
  expect(clock.now()).toBe(100);
  pass(50);
  expect(clock.now()).toBe(150);
});

test('never goes back', () => {
  const { clock, pass } = setUp();
  pass(300);
  expect(clock.now()).toBe(300);
  pass(-200);
  expect(clock.now()).toBe(300);
});

test.skipIf(process.platform !== 'linux')(
  'a process that was stopped for longer than the limit has not lost that time',
  async () => {
    const program = `
      const { AwakeClock } = await import(${JSON.stringify(new URL('./awake-clock.ts', import.meta.url).href)});
      const start = performance.now();
      const clock = new AwakeClock();
      setInterval(() => clock.tick(), 100);
      console.log('started');
      process.stdin.once('data', () => {
        console.log(JSON.stringify({ awake: clock.now(), passed: performance.now() - start }));
        process.exit();
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe('started');
      child.kill('SIGSTOP');
      while (!/\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'latin1'))) await delay(5);
      // The only way to let time pass for a process that is stopped.
      await delay(5200);
      child.kill('SIGCONT');
      child.stdin.write('how late is it?\n');
      const { awake, passed } = JSON.parse((await lines.next()).value ?? '');
      expect(passed).toBeGreaterThan(5200);
      expect(awake).toBeLessThan(passed - 4900);
      await once(child, 'exit');
    } finally {
      child.kill('SIGKILL');
    }
  },
);
