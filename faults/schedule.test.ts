import { expect, it } from 'vitest';
import { type Behaviour, behavioursOf } from './behaviours.ts';
import { makeSchedule } from './schedule.ts';

const schedules = Array.from({ length: 250 }, (_, i) => makeSchedule(i + 1));

it('the same seed makes the same schedule, and another one another', () => {
  expect(makeSchedule(7)).toEqual(makeSchedule(7));
  expect(new Set(schedules.map((schedule) => JSON.stringify(schedule))).size).toBeGreaterThan(245);
});

it('a long run has every kind of task, of behaviour and of fault', () => {
  const kinds = new Set(schedules.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['builtin', 'command', 'module', 'python']);
  const faults = new Set(schedules.flatMap((schedule) => schedule.faults.map(({ type }) => type)));
  expect([...faults].sort()).toEqual([
    'cancel-and-resume',
    'cancel-task',
    'close-host',
    'kill-host',
    'kill-worker',
    'lock-database',
    'pause',
    'pool-size',
    'rival-host',
    'stop-worker',
  ]);
  for (const kind of ['module', 'python', 'command'] as const) {
    const seen = new Set<Behaviour>();
    for (const schedule of schedules) {
      if (schedule.kind === kind) for (const behaviour of schedule.behaviours) seen.add(behaviour);
    }
    const { quick, long } = behavioursOf(kind, '');
    for (const behaviour of [...quick, ...long]) expect([kind, ...seen]).toContain(behaviour);
  }
});

it('a task that never ends has something that ends it, and one that fails at first a retry', () => {
  for (const { behaviours, options, seed } of schedules) {
    const has = (...those: Behaviour[]) => behaviours.some((behaviour) => those.includes(behaviour));
    if (has('hang', 'hang-first', 'wait', 'freeze', 'family')) {
      expect([seed, options.timeoutMs ?? options.hangMs]).not.toEqual([seed, undefined]);
    }
    if (has('throws-first', 'kill-first', 'hang-first')) expect(options.retries).toBeGreaterThan(0);
  }
});
