import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { readMachine, whatLimits } from './limits.ts';

const idle = { load: 0.2, freeBytes: 8e9 };

test('a batch without limits is never held', () => {
  expect(whatLimits({}, { load: 900, freeBytes: 0 })).toBeNull();
});

test('a load above the limit is told, one at the limit is not', () => {
  expect(whatLimits({ maxLoad: 4 }, { ...idle, load: 4 })).toBeNull();
  expect(whatLimits({ maxLoad: 4 }, { ...idle, load: 7.2 })).toMatchObject({
    code: 'MACHINE_LOAD',
    message: 'The load of this machine is 7.2, above the limit of 4: no task is started until it falls.',
  });
});

test('a load just above the limit does not read as the limit itself', () => {
  expect(whatLimits({ maxLoad: 4 }, { ...idle, load: 4.01 })?.message).toContain(
    'is 4.1, above the limit of 4',
  );
});

test('too little memory is told, enough is not', () => {
  expect(whatLimits({ minFreeMemoryBytes: 2e9 }, { ...idle, freeBytes: 2e9 })).toBeNull();
  expect(whatLimits({ minFreeMemoryBytes: 2e9 }, { ...idle, freeBytes: 1.2e9 })).toMatchObject({
    code: 'MACHINE_MEMORY',
    message:
      'This machine has 1.2 GB of memory available, less than the limit of 2.0 GB: no task is started until more is free.',
  });
});

test('reads a machine that has memory, though less than it was built with', () => {
  const { load, freeBytes } = readMachine();
  expect(load).toBeGreaterThanOrEqual(0);
  expect(freeBytes).toBeGreaterThan(0);
  expect(freeBytes).toBeLessThan(totalmem());
});
