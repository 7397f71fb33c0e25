import { expect, test } from 'vitest';
import { haltRuleSchema } from '../shared/batch.ts';
import { haltText, parseHalt } from './halt.ts';

const tasks = (count: number) => ({ unit: 'tasks', tasks: count });
const percent = (share: number) => ({ unit: 'percent', percent: share });

test.each([
  ['now,fail=1', { when: 'now', on: 'fail', limit: tasks(1) }],
  ['soon,fail=3%', { when: 'soon', on: 'fail', limit: percent(3) }],
  ['now,success=20', { when: 'now', on: 'success', limit: tasks(20) }],
  ['soon,done=12.5%', { when: 'soon', on: 'done', limit: percent(12.5) }],
  ['soon,done=100%', { when: 'soon', on: 'done', limit: percent(100) }],
])('%s is read, and written as it was', (text, rule) => {
  const read = parseHalt(text);
  expect(read).toEqual(rule);
  expect(haltText(haltRuleSchema.parse(read))).toBe(text);
});

test.each([
  ['1', 'soon,fail=1'],
  ['2', 'now,fail=1'],
  ['-1', 'soon,success=1'],
  ['-2', 'now,success=1'],
  ['7%', 'soon,fail=7%'],
])('the short form %s is %s', (short, whole) => {
  expect(parseHalt(short)).toEqual(parseHalt(whole));
});

test.each(['never', '0'])('%s is no rule', (text) => {
  expect(parseHalt(text)).toBe('never');
});

test.each([
  ['', 'takes never or WHEN,WHY=N'],
  ['now', 'takes never or WHEN,WHY=N'],
  ['now,fail', 'takes never or WHEN,WHY=N'],
  ['later,fail=1', 'takes never or WHEN,WHY=N'],
  ['now,error=1', 'takes never or WHEN,WHY=N'],
  ['now,fail=1.5', 'takes never or WHEN,WHY=N'],
  ['now, fail=1', 'takes never or WHEN,WHY=N'],
  ['3', 'takes never or WHEN,WHY=N'],
  ['now,fail=0', 'takes 1 task or more'],
  ['now,fail=0%', 'takes a share of up to 100%'],
  ['0%', 'takes a share of up to 100%'],
  ['now,fail=101%', 'takes a share of up to 100%'],
])('"%s" is refused', (text, sentence) => {
  expect(() => parseHalt(text)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  expect(() => parseHalt(text)).toThrow(sentence);
});
