import { expect, test } from 'vitest';
import { OutputBudget } from './output-budget.ts';

const piece = (text: string, index = 0) => ({ index, stream: 'stdout' as const, text, at: 1 });

function setUp() {
  let now = 0;
  const budget = new OutputBudget(() => now);
  let sent = '';
  const print = (text: string, index = 0) => {
    if (budget.allows(text.length)) sent += text;
    else budget.keep(piece(text, index));
  };
  const take = (atOnce = false) =>
    budget
      .take(atOnce)
      .map(({ text }) => text)
      .join('');
  return { budget, print, take, sent: () => sent, wait: (ms: number) => (now += ms) };
}

test('what is printed at a reasonable pace is sent as it comes', () => {
  const { print, sent, wait, take } = setUp();
  for (let n = 0; n < 100; n++) {
    print('x'.repeat(100_000));
    wait(60);
  }
  expect(sent()).toHaveLength(10_000_000);
  expect(take(true)).toBe('');
});

test('of a flood the first and the last are sent, and how much was left out between', () => {
  const { print, sent, take } = setUp();
  for (let n = 0; n < 100_000; n++) print(`${String(n).padStart(999)}\n`);
  expect(sent()).toHaveLength(2_000_000);
  const rest = take(true);
  expect(rest).toMatch(/^\n\[… 9\d,\d{3},\d{3} characters left out …\]\n/);
  expect(rest.length).toBeLessThan(8_200_000);
  expect(rest).toMatch(/ 99999\n$/);
  const leftOut = Number(/… ([\d,]+)/.exec(rest)![1]!.replaceAll(',', ''));
  expect(sent().length + leftOut + rest.replace(/^\n.*\n/, '').length).toBe(100_000_000);
});

test('what was kept is sent once there is room for it, before what comes then', () => {
  const { print, sent, take, wait } = setUp();
  print('x'.repeat(1_999_999));
  print('kept');
  expect(take()).toBe('');
  print('too');
  wait(1000);
  expect(take()).toBe('kepttoo');
  print('later');
  expect(sent()).toMatch(/later$/);
});
