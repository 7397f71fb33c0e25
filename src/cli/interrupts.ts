import type { Signal, Terminal } from './terminal.ts';

/**
 * What the user asks for with signals. `cancel`: Ctrl-C; `kill`: Ctrl-C again; `leave`: the program is to end
 * (SIGTERM, or its terminal is gone), and its batch can be resumed. `finish`: the first Ctrl-C where it was made
 * gentle; the second one cancels then.
 */
export type Interrupt = 'finish' | 'cancel' | 'kill' | 'leave';

/**
 * Programs between a terminal and this one (npm, a shell, a launcher) pass Ctrl-C on although the terminal
 * sends it to all of them: what comes this soon after a signal is the same one. People are slower.
 */
const echoMs = 250;

export interface Interrupts {
  /** Resolves with the first one of all, and stays so. */
  readonly first: Promise<Interrupt>;
  /** Resolves with the first one that is not `finish`. */
  readonly harsh: Promise<Interrupt>;
  /** Resolves where the user does not want to wait any longer: with `kill` or `leave`. */
  readonly last: Promise<Interrupt>;
  /** The batch has no end of its own: the first Ctrl-C, from now on, finishes it. */
  makeGentle(): void;
  /** The exit status that says by what the program ended; 130 without any signal. */
  exitStatus(): number;
  stop(): void;
}

const statuses: Record<Signal, number> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export function hearInterrupts(
  terminal: Pick<Terminal, 'onSignal'>,
  now: () => number = () => performance.now(),
): Interrupts {
  const first = Promise.withResolvers<Interrupt>();
  const harsh = Promise.withResolvers<Interrupt>();
  const last = Promise.withResolvers<Interrupt>();
  let heardAt = Number.NEGATIVE_INFINITY;
  /** What each Ctrl-C means, in turn. */
  let ways: Interrupt[] = ['cancel', 'kill'];
  let status = 130;
  const stop = terminal.onSignal((signal) => {
    const at = now();
    const isEcho = at - heardAt < echoMs;
    heardAt = at;
    if (isEcho) return;
    status = statuses[signal];
    const means = signal === 'SIGINT' ? (ways.shift() ?? 'kill') : 'leave';
    first.resolve(means);
    if (means !== 'finish') harsh.resolve(means);
    if (means === 'kill' || means === 'leave') last.resolve(means);
  });
  return {
    first: first.promise,
    harsh: harsh.promise,
    last: last.promise,
    makeGentle() {
      if (ways.length === 2) ways = ['finish', ...ways];
    },
    exitStatus: () => status,
    stop,
  };
}
