import type { Machine } from './machine.ts';
import type { Measurement, Table } from './measurements.ts';

/** One measurement, as its program tells it. */
export interface Taken {
  tasks: number;
  seconds: number;
  /** Resident memory of the process that owns the pool, at most; null where it is not measured. */
  peakMb: number | null;
}

export interface Result {
  id: string;
  tasks: number;
  /** Tasks a second in each round. */
  rates: number[];
  /** The median of them. */
  rate: number;
  /** The largest of all rounds. */
  peakMb: number | null;
}

export function summarize(id: string, rounds: readonly Taken[]): Result {
  const rates = rounds.map(({ tasks, seconds }) => Math.round(tasks / seconds));
  return {
    id,
    tasks: rounds[0]!.tasks,
    rates,
    rate: median(rates),
    peakMb: rounds.reduce<number | null>(
      (most, { peakMb }) => (peakMb === null ? most : Math.max(most ?? 0, peakMb)),
      null,
    ),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}

/** The tables and what they were measured on, as Markdown. */
export function toMarkdown(
  results: readonly Result[],
  measurements: readonly Measurement[],
  tables: readonly Table[],
  machine: Machine,
  rounds: number,
  note: string,
): string {
  const { load, ...on } = machine;
  return [
    `Medians of ${rounds} rounds, taken in turns. Memory is that of the process that owns the pool, at most.`,
    '',
    ...tables.flatMap((table) => tableLines(results, measurements, table)),
    `On ${on.cores} cores (${on.processor}), ${on.memoryGb} GB, ${on.system}; Node ${on.node}, Python ${on.python}, ` +
      `piscina ${on.piscina}, tinypool ${on.tinypool}. ` +
      `Load of the machine before the run ${load.before}, at its end ${load.after}.${note && ` ${note}`}`,
    '',
  ].join('\n');
}

function tableLines(
  results: readonly Result[],
  measurements: readonly Measurement[],
  table: Table,
): string[] {
  const chosen = results.filter(({ id }) => table.ids.includes(id));
  if (chosen.length === 0) return [];
  const rateOf = (ids: string[]) =>
    Math.max(...ids.map((id) => results.find((each) => each.id === id)?.rate ?? 0)) || undefined;
  const rows = chosen.map((result) => {
    const { engine, how } = measurements.find(({ id }) => id === result.id)!;
    const [low, high] = [Math.min(...result.rates), Math.max(...result.rates)];
    return [
      engine,
      how,
      tasks(result.rate),
      `${tasks(low)} to ${tasks(high)}`,
      ...table.ratios.map(({ to }) => ratio(result.rate, rateOf(to))),
      result.peakMb === null ? '' : `${result.peakMb} MB`,
    ];
  });
  const heads = table.ratios.map(({ head }) => head);
  return [
    `### ${table.title}`,
    '',
    line(['engine', 'how', 'tasks a second', 'slowest to fastest', ...heads, 'memory']),
    line(['---', '---', '---:', '---:', ...heads.map(() => '---:'), '---:']),
    ...rows.map(line),
    '',
  ];
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Three digits, for no more are true. */
function tasks(rate: number): string {
  return Number(rate.toPrecision(3)).toLocaleString('en');
}

function ratio(rate: number, to: number | undefined): string {
  return to === undefined ? '' : String(Number((rate / to).toPrecision(2)));
}
