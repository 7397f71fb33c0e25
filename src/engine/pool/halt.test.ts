import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HaltRule } from '../../shared/batch.ts';
import { haltSentence, isHalted } from './halt.ts';
import { fakeClocks } from './model/fake-machine.ts';
import { plainJob } from './model/job-double.ts';
import { World } from './model/world.ts';

const tasks = (on: HaltRule['on'], count: number): HaltRule => ({
  when: 'soon',
  on,
  limit: { unit: 'tasks', tasks: count },
});
const percent = (on: HaltRule['on'], share: number): HaltRule => ({
  when: 'soon',
  on,
  limit: { unit: 'percent', percent: share },
});

describe('a halt rule', () => {
  it('counts what it names', () => {
    const ended = { succeeded: 5, failed: 2 };
    expect(isHalted(tasks('fail', 2), ended, 100)).toBe(true);
    expect(isHalted(tasks('fail', 3), ended, 100)).toBe(false);
    expect(isHalted(tasks('success', 5), ended, 100)).toBe(true);
    expect(isHalted(tasks('done', 7), ended, 100)).toBe(true);
    expect(isHalted(tasks('done', 8), ended, 100)).toBe(false);
  });

  it('takes a percentage of all tasks, once their number is known', () => {
    expect(isHalted(percent('fail', 10), { succeeded: 0, failed: 10 }, null)).toBe(false);
    expect(isHalted(percent('fail', 10), { succeeded: 0, failed: 10 }, 100)).toBe(true);
    expect(isHalted(percent('fail', 10), { succeeded: 50, failed: 9 }, 100)).toBe(false);
    expect(isHalted(percent('done', 50), { succeeded: 1, failed: 0 }, 2)).toBe(true);
  });

  it('makes nothing of one or two failures in percent', () => {
    expect(isHalted(percent('fail', 1), { succeeded: 0, failed: 2 }, 4)).toBe(false);
    expect(isHalted(percent('fail', 1), { succeeded: 0, failed: 3 }, 4)).toBe(true);
  });

  it('says why', () => {
    expect(haltSentence(tasks('fail', 1))).toBe('Stopped early: a task has failed.');
    expect(haltSentence(tasks('done', 4000))).toBe('Stopped early: 4,000 tasks have ended.');
    expect(haltSentence(percent('success', 12.5))).toBe('Stopped early: 12.5% of the tasks have succeeded.');
  });
});

it('judges a percentage as soon as it is known of how many', async () => {
  fakeClocks();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const world = new World(1);
  const halt = { when: 'now', on: 'fail', limit: { unit: 'percent', percent: 20 } } as const;
  world.submit({ ...plainJob, tasks: 5, atOnce: 3, odd: 'faulty', halt });
  await world.machine.deliver();
  const [worker] = world.machine.workers;
  for (let i = 0; i < 3; i++) {
    worker!.work(0, 'ok', []);
    await world.machine.advance(50);
  }
  const { double } = world.jobs[0]!;
  expect(double.book.counts().failed).toBe(3);
  expect(double.end).toBeNull();
  double.arrive(2);
  expect(double.end).toMatchObject({ reason: 'halted' });
  await world.end();
});
