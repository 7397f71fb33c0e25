import { describe, expect, test } from 'vitest';
import { decodeWaitStatus, describeExit } from './worker-exit.ts';

const posix = process.platform !== 'win32';

describe('how a worker ended', () => {
  test('by itself: with its exit code', () => {
    expect(describeExit(3, undefined, undefined)).toEqual({ code: 3, signal: null });
  });

  test('by a signal that we sent: with that signal, although Electron then says code 0', () => {
    expect(describeExit(0, undefined, 'SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test.skipIf(!posix)('by a crash that Electron first reported as code 0: with its signal and reason', () => {
    const gone = { reason: 'crashed' as const, exitCode: 139 };
    expect(describeExit(0, gone, undefined)).toEqual({ code: null, signal: 'SIGSEGV', reason: 'crashed' });
  });

  test.skipIf(!posix)('by somebody else’s signal', () => {
    const gone = { reason: 'killed' as const, exitCode: 9 };
    expect(describeExit(9, gone, undefined)).toEqual({ code: null, signal: 'SIGKILL', reason: 'killed' });
  });

  test('never started: with the platform’s error', () => {
    const gone = { reason: 'launch-failed' as const, exitCode: 1002 };
    expect(describeExit(null, gone, undefined)).toEqual({
      code: null,
      signal: null,
      reason: 'launch-failed (error 1002)',
    });
  });
});

describe('the status of waitpid', () => {
  test('holds an exit code in its second byte', () => {
    expect(decodeWaitStatus(0x300, 'linux')).toEqual({ code: 3, signal: null });
    expect(decodeWaitStatus(0, 'linux')).toEqual({ code: 0, signal: null });
  });

  test.skipIf(!posix)('holds a signal in its low seven bits, beside the mark of a core dump', () => {
    expect(decodeWaitStatus(6, 'linux')).toEqual({ code: null, signal: 'SIGABRT' });
    expect(decodeWaitStatus(0x80 | 6, 'linux')).toEqual({ code: null, signal: 'SIGABRT' });
  });

  test('is no such thing on Windows', () => {
    expect(decodeWaitStatus(0xc0000005, 'win32')).toEqual({ code: 0xc0000005, signal: null });
  });
});
