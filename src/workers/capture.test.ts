import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

interface Captured {
  pieces: [string, string][];
  order: string[];
  refused: string;
  isTTY: boolean;
}

const file = fileURLToPath(new URL('./fixtures/capture-child.ts', import.meta.url));

describe('captureOutput', () => {
  let captured: Captured;
  let raw = '';
  const texts = (stream: string) =>
    captured.pieces.filter(([name]) => name === stream).map(([, text]) => text);

  beforeAll(async () => {
    const child = fork(file, { silent: true, env: { ...process.env, FORCE_COLOR: '1' } });
    child.stdout?.on('data', (data) => {
      raw += data;
    });
    child.stderr?.on('data', (data) => {
      raw += data;
    });
    const closed = once(child, 'close');
    const [message] = await Promise.race([once(child, 'message'), closed]);
    if (typeof message !== 'object') throw new Error(`The child ended without a word: ${raw}`);
    captured = message as Captured;
    await closed;
  });

  it('lets nothing through to the process’s own streams', () => {
    expect(raw).toBe('');
  });

  it('takes console.* to the stream that it belongs to, without colours', () => {
    expect(texts('stdout')[0]).toBe('log { a: 1 } é\n');
    expect(texts('stderr')[0]).toBe('error\n');
    expect(texts('stdout').join('')).toContain('│ 0       │ 1 │');
    expect(texts('stdout').join('')).toContain('group\n  indented\n');
    expect(texts('stdout').join('')).toContain("{ color: 'none' }\n");
    expect(texts('stderr').join('')).toMatch(/Trace: here\n\s+at .*capture-child\.ts:13/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    expect(captured.pieces.flat().join('')).not.toMatch(/\u001b/);
  });

  it('honours encodings, bytes, and characters cut in two', () => {
    const out = texts('stdout').join('');
    expect(out).toContain('hibuffer😀!');
    expect(out).not.toContain('\ufffd');
  });

  it('calls back after the write has returned', () => {
    expect(captured.order).toEqual(['returned', 'callback']);
    expect(texts('stderr')).toContain('with both');
  });

  it('takes pipes and pipelines, and stays open after end()', () => {
    expect(texts('stdout')).toContain('piped');
    expect(texts('stderr').join('')).toContain('one two');
    expect(texts('stdout').join('')).toContain('endedafter end\n');
  });

  it('adds what runners emit, and nothing for an empty text', () => {
    expect(captured.pieces.at(-1)).toEqual(['stderr', 'emitted']);
  });

  it('refuses what streams refuse', () => {
    expect(captured.refused).toBe('ERR_INVALID_ARG_TYPE');
    expect(captured.isTTY).toBe(false);
  });
});
