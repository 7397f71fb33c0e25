import type { Machine } from './machine.ts';
import { type Measurement, piscina, poolMap } from './measurements.ts';

/** One measurement, as its program tells it. */
export interface Taken {
  tasks: number;
  seconds: number;
  /** Resident memory of the process that owns the pool, at most. */
  peakMb: number;
}

export interface Result {
  id: string;
  tasks: number;
  /** Tasks a second in each round. */
  rates: number[];
  /** The median of them. */
  rate: number;
  /** The largest of all rounds. */
  peakMb: number;
}

export function summarize(id: string, rounds: readonly Taken[]): Result {
  const rates = rounds.map(({ tasks, seconds }) => Math.round(tasks / seconds));
  return {
    id,
    tasks: rounds[0]!.tasks,
    rates,
    rate: median(rates),
    peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}

/** The table and what it was measured on, as Markdown. */
export function toMarkdown(
  results: readonly Result[],
  measurements: readonly Measurement[],
  machine: Machine,
  rounds: number,
): string {
  const rateOf = (id: string) => results.find((result) => result.id === id)?.rate;
  const toPool = rateOf(poolMap);
  const toPiscina = Math.max(...piscina.map((id) => rateOf(id) ?? 0)) || undefined;
  const rows = results.map((result) => {
    const { engine, how } = measurements.find(({ id }) => id === result.id)!;
    const [low, high] = [Math.min(...result.rates), Math.max(...result.rates)];
    return [
      engine,
      how,
      tasks(result.rate),
      `${tasks(low)} to ${tasks(high)}`,
      ratio(result.rate, toPool),
      ratio(result.rate, toPiscina),
      `${result.peakMb} MB`,
    ];
  });
  const head = ['engine', 'how', 'tasks a second', 'slowest to fastest', 'to `map`', 'to piscina', 'memory'];
  const { load, ...on } = machine;
  return [
    `Tasks of \`x*x\`; medians of ${rounds} rounds, taken in turns. "To \`map\`" is the ratio to \`multiprocessing.Pool.map\`,`,
    '"to piscina" the ratio to the faster of its two ways. Memory is that of the process that owns the pool, at most.',
    '',
    line(head),
    line(['---', '---', '---:', '---:', '---:', '---:', '---:']),
    ...rows.map(line),
    '',
    `On ${on.cores} cores (${on.processor}), ${on.memoryGb} GB, ${on.system}; Node ${on.node}, Python ${on.python}, ` +
      `piscina ${on.piscina}, tinypool ${on.tinypool}. ` +
      `Load of the machine before the run ${load.before}, at its end ${load.after}.`,
    '',
  ].join('\n');
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Three digits, for no more are true. */
function tasks(rate: number): string {
  return Number(rate.toPrecision(3)).toLocaleString('en');
}

function ratio(rate: number, to: number | undefined): string {
  return to === undefined ? '' : String(Number((rate / to).toPrecision(2)));
}
