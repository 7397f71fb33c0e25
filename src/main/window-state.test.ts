import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitBounds, readWindowState, writeWindowState } from './window-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'window-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the state of the window', () => {
  const state = { bounds: { x: -1900, y: 20, width: 900, height: 600 }, maximized: true };

  test('comes back as it was saved, also where the folder was not there yet', () => {
    const file = join(folder, 'window', 'window-state.json');
    writeWindowState(file, state);
    writeWindowState(file, { ...state, maximized: false });
    expect(readWindowState(file)).toEqual({ ...state, maximized: false });
    expect(readdirSync(join(folder, 'window'))).toEqual(['window-state.json']);
  });

  test.each([
    '',
    '{',
    'null',
    '{"bounds":{"x":0,"y":0,"width":-5,"height":1},"maximized":true}',
    '{"bounds":{}}',
  ])('is forgotten where the file holds %j', (text) => {
    const file = join(folder, 'state.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeUndefined();
  });

  test('is forgotten where there is no file', () => {
    expect(readWindowState(join(folder, 'absent.json'))).toBeUndefined();
  });
});

describe('the bounds to open with', () => {
  const main = { x: 0, y: 25, width: 1920, height: 1055 };
  const left = { x: -1280, y: 0, width: 1280, height: 1024 };

  test('are the default in the middle of the main display at the first start', () => {
    expect(fitBounds(undefined, [main])).toEqual({ x: 320, y: 152, width: 1280, height: 800 });
  });

  test('are those saved, on whichever display they are', () => {
    const saved = { x: -1000, y: 100, width: 900, height: 600 };
    expect(fitBounds(saved, [main, left])).toEqual(saved);
  });

  test('are moved to the main display where their own is gone', () => {
    const saved = { x: -1000, y: 100, width: 900, height: 600 };
    expect(fitBounds(saved, [main])).toEqual({ x: 510, y: 252, width: 900, height: 600 });
  });

  test('are cut to a display that has become smaller', () => {
    const saved = { x: 0, y: 25, width: 4000, height: 2000 };
    expect(fitBounds(saved, [main])).toEqual(main);
  });

  test('are moved where only a corner, or nothing of the top edge, could be seen', () => {
    const moved = { x: 510, y: 252, width: 900, height: 600 };
    expect(fitBounds({ x: 1900, y: 100, width: 900, height: 600 }, [main])).toEqual(moved);
    expect(fitBounds({ x: 100, y: -400, width: 900, height: 600 }, [main])).toEqual(moved);
    expect(fitBounds({ x: 100, y: 1070, width: 900, height: 600 }, [main])).toEqual(moved);
  });
});
