import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallError } from '../../shared/rpc.ts';
import { type Asked, createAsker } from './asked.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const answers: PromiseWithResolvers<string>[] = [];
  const call = vi.fn((_question: string) => {
    const answer = Promise.withResolvers<string>();
    answers.push(answer);
    return answer.promise;
  });
  const told: Asked<string>[] = [];
  return { ask: createAsker(call, (asked) => told.push(asked)), call, answers, told };
}

test('asks once for a question that is still being typed', async () => {
  const { ask, call } = setUp();
  for (const text of ['/', '/d', '/da']) ask(text, 200);
  await vi.advanceTimersByTimeAsync(199);
  expect(call).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(call.mock.calls).toEqual([['/da']]);
});

test('drops the answer to a question that was replaced', async () => {
  const { ask, answers, told } = setUp();
  ask('old', 0);
  await vi.advanceTimersByTimeAsync(0);
  ask('new', 0);
  await vi.advanceTimersByTimeAsync(0);
  answers[1]!.resolve('answer to new');
  answers[0]!.resolve('answer to old');
  await vi.advanceTimersByTimeAsync(0);
  expect(told.at(-1)).toEqual({ state: 'answered', answer: 'answer to new' });
  expect(told.filter(({ state }) => state === 'answered')).toHaveLength(1);
});

test('keeps the last answer at hand while it asks again', async () => {
  const { ask, answers, told } = setUp();
  ask('one', 0);
  await vi.advanceTimersByTimeAsync(0);
  answers[0]!.resolve('first');
  await vi.advanceTimersByTimeAsync(0);
  ask('two', 0);
  expect(told.at(-1)).toEqual({ state: 'asking', before: 'first' });
});

test('tells the host’s reason where it refused', async () => {
  const { ask, answers, told } = setUp();
  ask('one', 0);
  await vi.advanceTimersByTimeAsync(0);
  answers[0]!.reject(new CallError({ name: 'PoolboardError', message: 'No such file.', code: 'NO_INPUTS' }));
  await vi.advanceTimersByTimeAsync(0);
  expect(told.at(-1)).toMatchObject({ state: 'refused', error: { message: 'No such file.' } });
});

test('nothing to ask is known at once, and an answer under way is dropped', async () => {
  const { ask, answers, told } = setUp();
  ask('one', 0);
  await vi.advanceTimersByTimeAsync(0);
  ask(null, 0);
  answers[0]!.resolve('late');
  await vi.advanceTimersByTimeAsync(0);
  expect(told.at(-1)).toEqual({ state: 'nothing' });
});
