import { expect, test } from 'vitest';
import { hearInterrupts } from './interrupts.ts';
import type { Signal } from './terminal.ts';

function setUp() {
  let time = 0;
  let listener: ((signal: Signal) => void) | undefined;
  const interrupts = hearInterrupts(
    {
      onSignal(added) {
        listener = added;
        return () => {
          listener = undefined;
        };
      },
    },
    () => time,
  );
  const state = (promise: Promise<string>) => Promise.race([promise, Promise.resolve('nothing')]);
  return {
    interrupts,
    send(signal: Signal, at: number) {
      time = at;
      listener?.(signal);
    },
    first: () => state(interrupts.first),
    harsh: () => state(interrupts.harsh),
    last: () => state(interrupts.last),
    isHeard: () => listener !== undefined,
  };
}

test('Ctrl-C cancels, and a second one kills', async () => {
  const { interrupts, send, first, last } = setUp();
  expect(await first()).toBe('nothing');
  send('SIGINT', 1000);
  expect(await first()).toBe('cancel');
  expect(await last()).toBe('nothing');
  send('SIGINT', 1400);
  expect(await last()).toBe('kill');
  expect(interrupts.exitStatus()).toBe(130);
});

test('where it was made gentle the first Ctrl-C finishes, the second cancels, the third kills', async () => {
  const { interrupts, send, first, last, harsh } = setUp();
  interrupts.makeGentle();
  send('SIGINT', 1000);
  expect(await first()).toBe('finish');
  expect(await harsh()).toBe('nothing');
  send('SIGINT', 1400);
  expect(await harsh()).toBe('cancel');
  expect(await last()).toBe('nothing');
  send('SIGINT', 1800);
  expect(await last()).toBe('kill');
});

test('one Ctrl-C that several programs pass on is one', async () => {
  const { send, first, last } = setUp();
  send('SIGINT', 1000);
  send('SIGINT', 1003);
  send('SIGINT', 1100);
  expect(await first()).toBe('cancel');
  expect(await last()).toBe('nothing');
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves the batch for later', async (signal, status) => {
  const { interrupts, send, first, last } = setUp();
  send(signal, 1000);
  expect(await first()).toBe('leave');
  expect(await last()).toBe('leave');
  expect(interrupts.exitStatus()).toBe(status);
});

test('signals are given back at the end', () => {
  const { interrupts, isHeard } = setUp();
  expect(isHeard()).toBe(true);
  interrupts.stop();
  expect(isHeard()).toBe(false);
});
