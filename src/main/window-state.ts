import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const pixels = z.int().min(-100_000).max(100_000);
const windowStateSchema = z.object({
  bounds: z.object({ x: pixels, y: pixels, width: pixels.positive(), height: pixels.positive() }),
  maximized: z.boolean(),
});

/** Where the window was when it was last closed; `bounds` are those that it has when it is not maximised. */
export type WindowState = z.infer<typeof windowStateSchema>;

export const defaultSize = { width: 1280, height: 800 };
export const smallestSize = { width: 720, height: 480 };

/** The state that was saved, or undefined where there is none that makes sense. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Saves the state, whole or not at all. Where that fails the next start has the default window. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(state));
    renameSync(temporary, file);
  } catch (error) {
    console.error('The position of the window could not be saved.', error);
  }
}

// So much of the window's top edge has to be on a display that it can be seen and dragged.
const graspable = { width: 120, height: 32 };

/**
 * The bounds to open with: those saved, cut to the display that they are on; or, where that display is gone,
 * their size in the middle of the main one.
 * @param workAreas of all displays, the main one first.
 */
export function fitBounds(saved: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const wanted = saved ?? { x: 0, y: 0, ...defaultSize };
  const home = saved && workAreas.find((area) => isGraspable(saved, area));
  const area = home ?? workAreas[0] ?? { x: 0, y: 0, ...defaultSize };
  const width = Math.min(wanted.width, area.width);
  const height = Math.min(wanted.height, area.height);
  if (home) return { x: wanted.x, y: wanted.y, width, height };
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}

function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return (
    shared >= graspable.width && window.y >= area.y && window.y + graspable.height <= area.y + area.height
  );
}
