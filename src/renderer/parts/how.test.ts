import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../shared/errors.ts';
import { howOf, lastOutputOf, otherFields } from './how.ts';

const error = (code: string, fields?: Record<string, unknown>): ErrorInfo => ({
  name: 'E',
  message: '',
  code,
  fields,
});

test('the end of a process is told by its signal, its exit status or its reason', () => {
  expect(howOf(error('WORKER_CRASH', { exitCode: null, signal: 'SIGSEGV', reason: 'crashed' }))).toBe(
    'SIGSEGV',
  );
  expect(howOf(error('PROCESS_EXIT', { exitCode: 3 }))).toBe('exit status 3');
  expect(howOf(error('WORKER_HUNG', { how: 'no sign of life' }))).toBe('no sign of life');
  expect(howOf(error('WORKER_CRASH', { exitCode: null, signal: null, reason: 'killed' }))).toBe('killed');
  expect(howOf(error('OUT_OF_MEMORY', { signal: 'SIGABRT' }))).toBe('out of memory');
  expect(howOf(error('ENOENT'))).toBeNull();
});

test('fields that are told in words are not shown again; a task’s own fields are', () => {
  const crash = error('WORKER_CRASH', {
    exitCode: null,
    signal: 'SIGSEGV',
    reason: null,
    lastOutput: 'last words',
  });
  expect(lastOutputOf(crash)).toBe('last words');
  expect(otherFields(crash)).toBeNull();
  expect(lastOutputOf(error('WORKER_CRASH', { exitCode: 1, lastOutput: '' }))).toBeNull();
  expect(otherFields(error('E_MINE', { signal: 'SIGSEGV', size: 3 }))).toEqual({
    signal: 'SIGSEGV',
    size: 3,
  });
});
