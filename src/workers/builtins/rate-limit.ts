import { setTimeout as wait } from 'node:timers/promises';

/** Lets requests to a host through at an even pace. Hosts that have been quiet are forgotten. */
export class RateLimit {
  /** When the next request to a host may go, on the clock of `performance.now()`. */
  private readonly nextAt = new Map<string, number>();
  private readonly intervalMs: number;

  /** @param perSecond requests a second for each host; 0 for no limit. */
  constructor(perSecond: number) {
    this.intervalMs = perSecond > 0 ? 1000 / perSecond : 0;
  }

  /** Resolves when a request to this host may go. Rejects when `signal` aborts. */
  async turn(host: string, signal: AbortSignal): Promise<void> {
    if (this.intervalMs === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.nextAt.get(host) ?? 0);
    if (this.nextAt.size > 10_000) this.forget(now);
    this.nextAt.set(host, at + this.intervalMs);
    if (at > now) await wait(at - now, undefined, { signal });
  }

  private forget(now: number): void {
    for (const [host, at] of this.nextAt) if (at <= now) this.nextAt.delete(host);
  }
}
