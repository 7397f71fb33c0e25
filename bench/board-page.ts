import type { Page } from '@playwright/test';

/** What a page did while it was watched. Times in milliseconds. */
export interface Watched {
  frames: number;
  p50: number;
  p95: number;
  worst: number;
  /** Tasks of the page that took over 50 ms, and the longest of them. */
  longTasks: number;
  longest: number;
  /** The most that the page's heap held, bytes. */
  heap: number;
}

/** Watches a page from now on; the function that is answered ends that. */
export async function watchPage(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], long: [] as number[], on: true };
    Object.assign(window, { seen });
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      if (seen.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.long.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  const cdp = await page.context().newCDPSession(page);
  let heap = 0;
  const look = async () => {
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    heap = Math.max(heap, usedSize);
  };
  const timer = setInterval(() => void look().catch(() => {}), 500);
  return async () => {
    clearInterval(timer);
    await look();
    await cdp.detach();
    const { frames, long } = await page.evaluate(() => {
      const { seen } = window as unknown as { seen: { frames: number[]; long: number[]; on: boolean } };
      seen.on = false;
      return seen;
    });
    return { ...spreadOf(frames), longTasks: long.length, longest: Math.max(0, ...long), heap };
  };
}

function spreadOf(frames: number[]) {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { frames: frames.length, p50: at(0.5), p95: at(0.95), worst: at(1) };
}

/** What is done to the table of tasks, and which row shows that it is done. */
export interface Act {
  name: string;
  /** Scrolls the table to this share of its height. */
  scrollTo?: number;
  /** Clicks the chip or column of this name. */
  click?: string;
  search?: string;
  /** The index of the row that has to be on screen; the first one where `first`. Left out: another first row. */
  row?: number;
  first?: boolean;
}

/** Does it, and tells after how many milliseconds the right rows are drawn; negative where they never are. */
export function timeOf(page: Page, act: Act): Promise<number> {
  return page.evaluate(async ({ scrollTo, click, search, row, first }) => {
    const grid = document.querySelector<HTMLElement>('[role=grid]')!;
    const rows = () => [...grid.querySelectorAll<HTMLElement>('.task-row')];
    const indexOf = (element: HTMLElement | undefined) => Number(element?.dataset.index ?? Number.NaN);
    const before = indexOf(rows()[0]);
    const isDone = () => {
      const shown = rows().map(indexOf);
      if (shown.length === 0 || shown.some(Number.isNaN) || grid.getAttribute('aria-busy') === 'true') {
        return false;
      }
      if (row === undefined) return shown[0] !== before;
      return first ? shown[0] === row : shown.includes(row);
    };
    const begun = performance.now();
    if (scrollTo !== undefined) grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * scrollTo;
    if (click !== undefined) {
      const named = [...document.querySelectorAll<HTMLElement>('.chip, .grid-header button')];
      named.find((each) => each.textContent.trim().startsWith(click))!.click();
    }
    if (search !== undefined) {
      const box = document.querySelector<HTMLInputElement>('main input[type=search]')!;
      // As a browser sets it, so that React hears of it.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box, search);
      box.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    }
    for (;;) {
      await new Promise(requestAnimationFrame);
      const ms = performance.now() - begun;
      if (isDone()) return ms;
      if (ms > 30_000) return -1;
    }
  }, act);
}
